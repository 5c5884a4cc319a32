package io.sluice.spi.control;

import java.time.Instant;
import java.util.List;

/**
 * A certificate that the gateway knows.
 *
 * @param id          the SHA-256 of its DER form, in lower-case hex
 * @param fingerprint the same for people, in upper-case pairs with colons
 * @param subject     RFC 4514
 * @param issuer      RFC 4514
 * @param dnsNames    it is valid for
 * @param notBefore   begin of its validity
 * @param notAfter    end of its validity
 * @param hasPrivate  whether its private key is there too
 * @param usedBy      the ids of the services that use it
 * @since 1.0
 */
public record CertificateStatus(String id, String fingerprint, String subject, String issuer, List<String> dnsNames,
        Instant notBefore, Instant notAfter, boolean hasPrivate, List<String> usedBy) {

    public CertificateStatus {
        dnsNames = List.copyOf(dnsNames);
        usedBy = List.copyOf(usedBy);
    }
}
