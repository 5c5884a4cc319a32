package io.sluice.plugins.tls.trust;

import io.sluice.plugins.tls.material.Names;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;

/**
 * Lists of revoked certificates (RFC 5280 5) that the operator keeps. A list that is out of date vouches for nobody: its
 * authority may have revoked more since. Immutable; thread-safe.
 */
public final class Revocations {

    private final Map<X500Principal, List<X509CRL>> byIssuer = new HashMap<>();

    public Revocations(List<X509CRL> lists) {
        lists.forEach(list -> byIssuer.merge(list.getIssuerX500Principal(), List.of(list),
                (one, other) -> java.util.stream.Stream.concat(one.stream(), other.stream()).toList()));
    }

    void check(X509Certificate certificate, Instant now) throws NotAdmitted {
        boolean upToDate = true;
        List<X509CRL> lists = byIssuer.getOrDefault(certificate.getIssuerX500Principal(), List.of());
        for (X509CRL list : lists) {
            if (list.isRevoked(certificate)) {
                throw NotAdmitted.revoked(Names.of(certificate) + " is revoked");
            }
        }
        for (X509CRL list : lists) {
            upToDate &= list.getNextUpdate() == null || now.isBefore(list.getNextUpdate().toInstant());
        }
        if (!upToDate) {
            throw NotAdmitted.other("the revocation list of " + Names.of(certificate.getIssuerX500Principal())
                    + " is out of date (expected: one whose next update is still to come)");
        }
    }
}
