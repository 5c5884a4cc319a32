package io.sluice.plugins.tls.trust;

import io.sluice.plugins.tls.material.Names;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * Lists of revoked certificates (RFC 5280 5) that the operator keeps. A list that is out of date vouches for nobody: its
 * authority may have revoked more since. Nor does a missing one: where there are lists, the authority that issued a client's
 * certificate must have one. Immutable; thread-safe.
 */
public final class Revocations {

    private final Map<X500Principal, List<RevocationList>> byIssuer = new HashMap<>();

    public Revocations(List<X509CRL> lists) {
        lists.forEach(list -> byIssuer.computeIfAbsent(list.getIssuerX500Principal(), issuer -> new ArrayList<>())
                .add(new RevocationList(list)));
    }

    void check(Path path, Instant now) throws NotAdmitted {
        List<X509Certificate> certificates = path.certificates();
        boolean listed = byIssuer.isEmpty() || path.anchor().isEmpty();
        for (int i = 0; i < certificates.size(); i++) {
            Optional<X509Certificate> issuer = i + 1 < certificates.size() ? Optional.of(certificates.get(i + 1)) : path.anchor();
            listed |= check(certificates.get(i), issuer, now) && i == 0;
        }
        if (!listed) {
            X509Certificate leaf = certificates.get(0);
            throw NotAdmitted.other("there is no revocation list of " + Names.of(leaf.getIssuerX500Principal()) + ", which issued "
                    + Names.of(leaf) + " (expected: one in client_authorization.crl)");
        }
    }

    /** Answers whether there is a list. Where the issuer is not known, whoever bears its name may revoke. */
    private boolean check(X509Certificate certificate, Optional<X509Certificate> issuer, Instant now) throws NotAdmitted {
        List<RevocationList> lists = byIssuer.getOrDefault(certificate.getIssuerX500Principal(), List.of()).stream()
                .filter(list -> issuer.isEmpty() || list.isSignedBy(issuer.get().getPublicKey())).toList();
        if (lists.stream().anyMatch(list -> list.revokes(certificate))) {
            throw NotAdmitted.revoked(Names.of(certificate) + " is revoked");
        }
        if (!lists.stream().allMatch(list -> list.isUpToDate(now))) {
            throw NotAdmitted.other("the revocation list of " + Names.of(certificate.getIssuerX500Principal())
                    + " is out of date (expected: one whose next update is still to come)");
        }
        return !lists.isEmpty();
    }
}
