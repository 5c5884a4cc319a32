package io.sluice.plugins.tls.material;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a chain is valid: from the latest beginning to the earliest end of its certificates.
 *
 * @param notBefore the first moment
 * @param notAfter  the last moment
 * @param last      the certificate that begins last
 * @param first     the certificate that ends first
 */
public record Validity(Instant notBefore, Instant notAfter, X509Certificate last, X509Certificate first) {

    /** Of a chain, or of anything that must be valid together; at least one certificate. */
    public static Validity of(List<X509Certificate> chain) {
        X509Certificate last = chain.get(0);
        X509Certificate first = chain.get(0);
        for (X509Certificate certificate : chain) {
            last = certificate.getNotBefore().after(last.getNotBefore()) ? certificate : last;
            first = certificate.getNotAfter().before(first.getNotAfter()) ? certificate : first;
        }
        return new Validity(last.getNotBefore().toInstant(), first.getNotAfter().toInstant(), last, first);
    }

    /** Why it is not valid now, as {@code CN=a expired at 2026-01-01T00:00:00Z}; empty if it is. */
    public Optional<String> problem(Instant now) {
        if (now.isAfter(notAfter)) {
            return Optional.of(Names.of(first) + " expired at " + notAfter);
        }
        return now.isBefore(notBefore) ? Optional.of(Names.of(last) + " is not valid before " + notBefore) : Optional.empty();
    }

    /** Whether it has ended. */
    public boolean isExpired(Instant now) {
        return now.isAfter(notAfter);
    }

    /** Whether it ends within a time from now, or has ended. */
    public boolean endsWithin(Duration time, Instant now) {
        return now.plus(time).isAfter(notAfter);
    }
}
