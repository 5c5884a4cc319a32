package io.sluice.plugins.tls.provider;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Cipher suites by their IANA names, or by OpenSSL's. Only suites that both providers have, so that a configuration means
 * the same with either. By default: forward secrecy and authenticated encryption only.
 *
 * <p>The suites of TLS 1.3 are all safe, and BoringSSL lets nobody choose among them: they are always offered.
 */
public final class CipherSuites {

    private static final List<String> TLS_1_3 = List.of(
            "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
    private static final List<String> SAFE = List.of(
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
    /** For old peers, when a configuration asks for them. */
    private static final List<String> ON_REQUEST = List.of(
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA");

    private CipherSuites() {
    }

    /** What is offered where nothing is configured. */
    public static List<String> byDefault() {
        return chosen(SAFE);
    }

    /** The suites of a configuration that {@link #isKnown knows} them all; the default for an empty list. */
    public static List<String> of(List<String> names) {
        return names.isEmpty() ? byDefault() : chosen(names.stream().map(CipherSuites::iana).toList());
    }

    private static List<String> chosen(List<String> suites) {
        Set<String> all = new LinkedHashSet<>(TLS_1_3);
        all.addAll(suites);
        return List.copyOf(all);
    }

    /** Whether a name is one of these. */
    public static boolean isKnown(String name) {
        return known().contains(iana(name));
    }

    /** Whether a suite is one of TLS 1.2, and so can be chosen. */
    public static boolean isTls12(String name) {
        return !TLS_1_3.contains(iana(name));
    }

    /** Whether a suite of TLS 1.2 goes with a key: {@code RSA} or {@code EC}. */
    public static boolean isFor(String keyAlgorithm, String name) {
        return iana(name).startsWith(keyAlgorithm.equals("RSA") ? "TLS_ECDHE_RSA_" : "TLS_ECDHE_ECDSA_");
    }

    /** Every name, for a message. */
    public static List<String> known() {
        List<String> all = new ArrayList<>(TLS_1_3);
        all.addAll(SAFE);
        all.addAll(ON_REQUEST);
        return all;
    }

    /** {@code ECDHE-RSA-AES128-GCM-SHA256} is OpenSSL's word for {@code TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256}. */
    private static String iana(String name) {
        if (name.startsWith("TLS_")) {
            return name.equals("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305") ? name + "_SHA256"
                    : name.equals("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305") ? name + "_SHA256" : name;
        }
        return known().stream().filter(iana -> openSsl(iana).equals(name)).findFirst().orElse(name);
    }

    private static String openSsl(String iana) {
        String name = iana.replace("TLS_", "").replace("_WITH_", "-").replace("AES_128", "AES128").replace("AES_256", "AES256")
                .replace("CBC_SHA", "SHA").replace('_', '-');
        return name.startsWith("ECDHE") && name.contains("POLY1305") ? name.replace("-SHA256", "") : name;
    }
}
