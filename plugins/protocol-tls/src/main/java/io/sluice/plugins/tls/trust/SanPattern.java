package io.sluice.plugins.tls.trust;

import io.netty.util.NetUtil;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * An alternative name (RFC 5280 4.2.1.6) that is allowed: {@code DNS:}, {@code URI:}, {@code IP:} or {@code email:} and the
 * name; without one of these a DNS name or a URI.
 */
public final class SanPattern {

    private static final int EMAIL = 1;
    private static final int DNS = 2;
    private static final int URI = 6;
    private static final int IP = 7;

    private final Set<Integer> kinds;
    private final String name;

    private SanPattern(Set<Integer> kinds, String name) {
        this.kinds = kinds;
        this.name = name;
    }

    /** Reads one entry; empty if it can never match. */
    public static Optional<SanPattern> parse(String written) {
        int colon = written.indexOf(':');
        String prefix = colon < 0 ? "" : written.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = written.substring(colon + 1);
        Optional<SanPattern> pattern = Optional.of(switch (prefix) {
            case "dns" -> new SanPattern(Set.of(DNS), rest);
            case "uri" -> new SanPattern(Set.of(URI), rest);
            case "ip" -> new SanPattern(Set.of(IP), rest);
            case "email" -> new SanPattern(Set.of(EMAIL), rest);
            default -> new SanPattern(Set.of(DNS, URI), written);
        });
        return pattern.filter(one -> !one.name.isEmpty()
                && (!one.kinds.contains(IP) || NetUtil.createByteArrayFromIpAddressString(one.name) != null));
    }

    boolean matches(X509Certificate leaf) {
        try {
            Collection<List<?>> names = leaf.getSubjectAlternativeNames();
            return names != null && names.stream().anyMatch(entry -> entry.get(0) instanceof Integer kind
                    && kinds.contains(kind) && entry.get(1) instanceof String text && matches(kind, text));
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private boolean matches(int kind, String text) {
        return switch (kind) {
            case IP -> Arrays.equals(NetUtil.createByteArrayFromIpAddressString(text),
                    NetUtil.createByteArrayFromIpAddressString(name));
            case DNS -> text.equalsIgnoreCase(name);
            default -> text.equals(name);
        };
    }
}
