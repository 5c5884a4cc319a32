package io.sluice.plugins.tls.upstream;

import io.sluice.plugins.tls.material.CoveredNames;
import io.sluice.plugins.tls.material.Digest;
import io.sluice.plugins.tls.material.Names;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one connection's target must prove.
 *
 * @param trust      the authorities; empty when verification is off
 * @param name       the host name or IP literal that the certificate must be for
 * @param commonName whether its common name must be that name too
 * @param pins       keys of which one must be in the verified path; empty for any
 */
record Verification(Optional<Trust> trust, String name, boolean commonName, Set<Digest> pins) {

    /**
     * Checks what a target sent.
     *
     * @param sent its own certificate first; at least one
     * @throws Refused with the reason
     */
    void check(List<X509Certificate> sent) throws Refused {
        X509Certificate leaf = sent.get(0);
        List<X509Certificate> path = List.of(leaf);
        if (trust.isPresent()) {
            path = trust.get().verify(sent);
            CoveredNames names = CoveredNames.of(leaf);
            if (!names.covers(name)) {
                throw new Refused("its certificate is for " + names + " (expected: " + name + ")");
            }
        }
        if (commonName) {
            Optional<String> own = Names.commonName(leaf);
            if (own.isEmpty() || !CoveredNames.covers(own.get(), name)) {
                throw new Refused("its certificate's common name is " + own.map(Names::printable).orElse("missing")
                        + " (expected: " + name + ")");
            }
        }
        if (!pins.isEmpty() && path.stream().map(Digest::pin).noneMatch(pins::contains)) {
            throw new Refused("no pinned public key is in its chain (its own is " + Digest.pin(leaf).base64() + ")");
        }
    }
}
