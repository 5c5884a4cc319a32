package io.sluice.plugins.tls.trust;

import io.sluice.plugins.tls.material.Digest;
import io.sluice.plugins.tls.material.Names;
import io.sluice.plugins.tls.material.Validity;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Whom one service admits. Two questions: does an entry of {@code client_certificates} vouch for the certificate, and do
 * the lists of {@code client_authorization} allow it. Immutable; thread-safe.
 *
 * @param leaves      fingerprints of the certificates that are admitted themselves
 * @param authorities those whose certificates are admitted
 * @param revocations what has been revoked
 * @param allowed     the lists that must allow the certificate as well
 */
public record ClientRule(Set<Digest> leaves, Authorities authorities, Revocations revocations, AllowLists allowed) {

    static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_PURPOSE = "2.5.29.37.0";
    private static final int DIGITAL_SIGNATURE = 0;

    /**
     * Judges what a client has shown.
     *
     * @param chain leaf first; what follows is what the client says of its issuers, in any order
     * @throws NotAdmitted if the client is not admitted
     */
    public void judge(List<X509Certificate> chain, Instant now) throws NotAdmitted {
        if (chain.isEmpty()) {
            throw NotAdmitted.other("the client showed no certificate");
        }
        X509Certificate leaf = chain.get(0);
        checkValidity(leaf, now);
        checkPurpose(leaf);
        // a certificate that is listed itself needs nobody above it
        Path path = leaves.contains(Digest.fingerprint(leaf)) ? Path.listed(leaf) : authorities.path(chain, now);
        revocations.check(path, now);
        allowed.check(leaf);
    }

    private static void checkValidity(X509Certificate leaf, Instant now) throws NotAdmitted {
        Validity validity = Validity.of(List.of(leaf));
        String sentence = "the client's certificate: " + validity.problem(now).orElse("");
        if (validity.isExpired(now)) {
            throw NotAdmitted.expired(sentence);
        }
        if (now.isBefore(validity.notBefore())) {
            throw NotAdmitted.notYetValid(sentence);
        }
    }

    private static void checkPurpose(X509Certificate leaf) throws NotAdmitted {
        try {
            List<String> purposes = leaf.getExtendedKeyUsage();
            boolean[] usage = leaf.getKeyUsage();
            boolean forClients = purposes == null || purposes.contains(CLIENT_AUTH) || purposes.contains(ANY_PURPOSE);
            if (forClients && (usage == null || usage[DIGITAL_SIGNATURE])) {
                return;
            }
        } catch (CertificateParsingException e) {
            // what cannot be read is no purpose
        }
        throw NotAdmitted.wrongPurpose("the client's certificate, " + Names.of(leaf) + ", is not for clients (expected: purpose clientAuth)");
    }
}
