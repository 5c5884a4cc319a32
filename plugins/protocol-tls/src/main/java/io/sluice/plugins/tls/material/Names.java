package io.sluice.plugins.tls.material;

import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;

/** Subjects as sentences show them: bounded, without control characters, because whoever made a certificate chose them. */
public final class Names {

    private static final int LONGEST = 120;

    private Names() {
    }

    /** A certificate's subject. */
    public static String of(X509Certificate certificate) {
        String name = of(certificate.getSubjectX500Principal());
        return name.isEmpty() ? "a certificate without a subject" : name;
    }

    /** A distinguished name (RFC 4514). */
    public static String of(X500Principal principal) {
        return printable(principal.getName());
    }

    /** A text of a peer, made fit for a sentence. */
    public static String printable(String text) {
        String safe = text.codePoints().limit(LONGEST)
                .mapToObj(c -> c < 0x20 || c > 0x7e && c < 0xa0 || Character.getType(c) == Character.FORMAT
                        ? String.format("\\u%04x", c) : Character.toString(c))
                .collect(Collectors.joining());
        return text.length() > LONGEST ? safe + "\u2026" : safe;
    }

    /** The most specific common name of a subject. */
    public static Optional<String> commonName(X509Certificate certificate) {
        try {
            var parts = new LdapName(certificate.getSubjectX500Principal().getName()).getRdns();
            for (int i = parts.size() - 1; i >= 0; i--) {
                if (parts.get(i).getType().equalsIgnoreCase("CN") && parts.get(i).getValue() instanceof String name) {
                    return Optional.of(name);
                }
            }
            return Optional.empty();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }
}
