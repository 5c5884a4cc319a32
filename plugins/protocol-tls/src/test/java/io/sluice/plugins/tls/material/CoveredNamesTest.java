package io.sluice.plugins.tls.material;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.certs.Authority;
import io.sluice.testing.certs.CertificateRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoveredNamesTest {

    @ParameterizedTest
    @CsvSource({
            "a.example, a.example, true", "a.example, A.Example, true", "A.EXAMPLE, a.example., true", "a.example, b.example, false",
            "a.example, x.a.example, false", "*.a.example, x.a.example, true", "*.a.example, X.A.EXAMPLE, true",
            "*.a.example, a.example, false", "*.a.example, x.y.a.example, false", "*.a.example, .a.example, false",
            "*.example, a.example, false", "*, example, false", "*.*.example, a.b.example, false", "x*.a.example, xy.a.example, false",
            "a.*.example, a.b.example, false", "*.a.example, *.a.example, false", "'', '', false", "localhost, localhost, true",
            "xn--mller-kva.example, xn--mller-kva.example, true"})
    void namesAreMatchedByTheRules(String pattern, String host, boolean covered) {
        assertThat(CoveredNames.covers(pattern, host)).isEqualTo(covered);
    }

    @Test
    void addressesAreComparedAsAddresses() {
        CoveredNames names = of(CertificateRequest.of("CN=x").ip("192.0.2.1", "2001:db8::1").dns("192.0.2.9"));
        assertThat(List.of("192.0.2.1", "2001:db8::1", "2001:0DB8:0:0:0:0:0:1")).allMatch(names::covers);
        assertThat(List.of("192.0.2.9", "192.0.2.2", "::1", "x")).noneMatch(names::covers);
    }

    @Test
    void commonNameCoversNothing() {
        CoveredNames names = of(CertificateRequest.of("CN=a.example"));
        assertThat(names.covers("a.example")).isFalse();
        assertThat(names).hasToString("no name at all");
    }

    @Test
    void wildcardDomainNeedsTheSameWildcard() {
        CoveredNames wild = of(CertificateRequest.of("CN=x").dns("*.a.example", "b.example"));
        assertThat(List.of("*.a.example", "*.A.example", "y.a.example", "b.example")).allMatch(wild::coversDomain);
        assertThat(List.of("*.b.example", "a.example", "*.y.a.example")).noneMatch(wild::coversDomain);
    }

    @Test
    void sentenceShowsAFewNames() {
        assertThat(of(CertificateRequest.of("CN=x").dns("a", "b", "c", "d", "e", "f", "g").ip("::1"))).hasToString("a, b, c, d, e and 3 more");
    }

    private static CoveredNames of(CertificateRequest request) {
        return CoveredNames.of(Authority.selfSigned(request).certificate());
    }
}
