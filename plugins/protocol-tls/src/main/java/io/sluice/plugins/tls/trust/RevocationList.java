package io.sluice.plugins.tls.trust;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;

/** One list of revoked certificates. Thread-safe. */
final class RevocationList {

    private final X509CRL list;
    /** Checked once, not in every handshake: a list has one signer. */
    private volatile PublicKey signer;

    RevocationList(X509CRL list) {
        this.list = list;
    }

    boolean isSignedBy(PublicKey key) {
        if (key.equals(signer)) {
            return true;
        }
        try {
            list.verify(key);
            signer = key;
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    boolean revokes(X509Certificate certificate) {
        return list.isRevoked(certificate);
    }

    boolean isUpToDate(Instant now) {
        return list.getNextUpdate() == null || now.isBefore(list.getNextUpdate().toInstant());
    }
}
