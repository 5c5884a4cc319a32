package io.sluice.plugins.tls.material;

import io.netty.util.NetUtil;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The hosts that a certificate is for: its DNS names and IP addresses (subjectAltName). The common name does not count
 * (RFC 9525 6.1). A wildcard is the whole first label, stands for exactly one, and has two labels behind it at least
 * (RFC 9525 6.3).
 */
public final class CoveredNames {

    private static final int DNS = 2;
    private static final int IP = 7;
    private static final int MOST_SHOWN = 5;

    private final List<String> dnsNames = new ArrayList<>();
    private final List<byte[]> addresses = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();

    private CoveredNames() {
    }

    /** What a certificate says; nothing if that cannot be read. */
    public static CoveredNames of(X509Certificate certificate) {
        CoveredNames names = new CoveredNames();
        try {
            Collection<List<?>> entries = certificate.getSubjectAlternativeNames();
            if (entries != null) {
                entries.forEach(entry -> names.add((Integer) entry.get(0), entry.get(1)));
            }
        } catch (CertificateParsingException e) {
            // names that cannot be read cover nothing
        }
        return names;
    }

    private void add(int kind, Object value) {
        if (kind == DNS && value instanceof String name) {
            dnsNames.add(normal(name));
            shown.add(Names.printable(name));
        } else if (kind == IP && value instanceof String text) {
            byte[] address = NetUtil.createByteArrayFromIpAddressString(text);
            if (address != null) {
                addresses.add(address);
                shown.add(text);
            }
        }
    }

    /** Whether the certificate is for a host: a name, or an IP literal without brackets. */
    public boolean covers(String host) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
        if (address != null) {
            return addresses.stream().anyMatch(own -> Arrays.equals(own, address));
        }
        String name = normal(host);
        return dnsNames.stream().anyMatch(pattern -> matches(pattern, name));
    }

    /** Whether the certificate is for every host that a service's {@code domain} stands for: exact, or {@code *.} and a name. */
    public boolean coversDomain(String domain) {
        String name = normal(domain);
        return name.startsWith("*.") ? dnsNames.contains(name) : covers(domain);
    }

    /** Whether a pattern such as {@code *.example.com} stands for a host name; both without regard to case. */
    public static boolean covers(String pattern, String host) {
        return matches(normal(pattern), normal(host));
    }

    private static boolean matches(String pattern, String name) {
        if (name.isEmpty() || name.indexOf('*') >= 0) {
            return false;
        }
        if (!pattern.startsWith("*.")) {
            return pattern.equals(name);
        }
        int dot = name.indexOf('.');
        String parent = pattern.substring(2);
        return dot > 0 && parent.indexOf('.') > 0 && parent.indexOf('*') < 0 && name.substring(dot + 1).equals(parent);
    }

    private static String normal(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** The names, for a sentence; bounded. */
    @Override
    public String toString() {
        if (shown.isEmpty()) {
            return "no name at all";
        }
        String some = String.join(", ", shown.subList(0, Math.min(MOST_SHOWN, shown.size())));
        return shown.size() > MOST_SHOWN ? some + " and " + (shown.size() - MOST_SHOWN) + " more" : some;
    }
}
