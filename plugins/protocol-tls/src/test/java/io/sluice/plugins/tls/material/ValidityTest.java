package io.sluice.plugins.tls.material;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.certs.Authority;
import io.sluice.testing.certs.CertificateRequest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValidityTest {

    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-06-01T00:00:00Z");
    private static final X509Certificate LONG = Authority.selfSigned(CertificateRequest.of("CN=long")
            .valid(FROM, TO.plus(Duration.ofDays(100)))).certificate();
    private static final X509Certificate SHORT = Authority.selfSigned(CertificateRequest.of("CN=short")
            .valid(FROM.plus(Duration.ofDays(1)), TO)).certificate();

    @Test
    void chainIsValidWhileAllOfItIs() {
        Validity validity = Validity.of(List.of(LONG, SHORT));
        assertThat(validity.problem(FROM)).contains("CN=short is not valid before 2026-01-02T00:00:00Z");
        assertThat(validity.problem(FROM.plus(Duration.ofDays(1)))).isEmpty();
        assertThat(validity.problem(TO)).isEmpty();
        assertThat(validity.problem(TO.plusSeconds(1))).contains("CN=short expired at 2026-06-01T00:00:00Z");
    }

    @Test
    void endIsForeseen() {
        Validity validity = Validity.of(List.of(SHORT));
        assertThat(validity.endsWithin(Duration.ofDays(30), TO.minus(Duration.ofDays(31)))).isFalse();
        assertThat(validity.endsWithin(Duration.ofDays(30), TO.minus(Duration.ofDays(29)))).isTrue();
        assertThat(validity.isExpired(TO)).isFalse();
        assertThat(validity.isExpired(TO.plusSeconds(1))).isTrue();
    }
}
