package io.sluice.plugins.tls.trust;

import io.sluice.plugins.tls.material.Names;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** A subject that is allowed: a whole distinguished name (RFC 4514), or a common name alone. */
public final class SubjectPattern {

    private final Optional<X500Principal> whole;
    private final String commonName;

    private SubjectPattern(Optional<X500Principal> whole, String commonName) {
        this.whole = whole;
        this.commonName = commonName;
    }

    /**
     * Reads one entry. What has an equals sign is a distinguished name.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static SubjectPattern parse(String written) {
        return written.indexOf('=') < 0 ? new SubjectPattern(Optional.empty(), written)
                : new SubjectPattern(Optional.of(new X500Principal(written)), "");
    }

    boolean matches(X509Certificate leaf) {
        // X500Principal compares canonically: case and spaces of values do not count (RFC 5280 7.1)
        return whole.map(leaf.getSubjectX500Principal()::equals)
                .orElseGet(() -> Names.commonName(leaf).filter(commonName::equals).isPresent());
    }
}
