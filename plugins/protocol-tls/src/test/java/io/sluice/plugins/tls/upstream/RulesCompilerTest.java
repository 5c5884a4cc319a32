package io.sluice.plugins.tls.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.plugins.tls.provider.CipherSuites;
import io.sluice.plugins.tls.provider.TlsProvider;
import io.sluice.spi.config.Material;
import io.sluice.testing.certs.Authority;
import io.sluice.testing.certs.CertificateRequest;
import io.sluice.testing.certs.Issued;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesCompilerTest {

    private static final Authority ROOT = Authority.root("root");
    private static final String PIN = "a".repeat(64);

    @Test
    void nothingNeedsToBeConfigured() {
        for (TlsProvider provider : TlsProvider.values()) {
            Configs configs = new Configs();
            assertThat(configs.layer(provider)).isNotNull();
            assertThat(configs.findings.errors()).isEmpty();
            assertThat(configs.findings.warnings()).isEmpty();
        }
    }

    @Test
    void everyVersionRangeAndEverySuiteSetsUpWithBothProviders() {
        for (TlsProvider provider : TlsProvider.values()) {
            for (String[] range : List.of(new String[] {"1.2", "1.2"}, new String[] {"1.3", "1.3"}, new String[] {"771", "772"})) {
                Configs configs = Configs.trusting(ROOT.own().certificatePem()).versions(range[0], range[1])
                        .certificate("*", ROOT.issue(CertificateRequest.of("CN=c").valid(Instant.now(), Instant.now().plus(Duration.ofDays(90)))).pem());
                configs.suites = CipherSuites.known();
                assertThat(configs.layer(provider)).isNotNull();
                assertThat(configs.findings.errors()).isEmpty();
            }
        }
    }

    @Test
    void allMistakesAreFoundAtOnce() {
        Issued issued = ROOT.issue(CertificateRequest.of("CN=c"));
        Configs configs = Configs.trusting("nothing").named("https://a.example").versions("1.1", "SSLv3")
                .pin("*", "abc").pin("https://b", PIN).certificate("*", issued.certificatePem()).certificate("[", issued.pem());
        configs.suites = List.of("TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_AES_128_GCM_SHA256");
        assertThat(configs.layer()).isNull();
        assertThat(configs.findings.errors()).containsExactlyInAnyOrder(
                "server_name: \"https://a.example\" (expected: a host name or an IP address)",
                "ssl_min_version: 1.1 (expected: 1.2 or 1.3, or their numbers 771 and 772)",
                "ssl_max_version: SSLv3 (expected: 1.2 or 1.3, or their numbers 771 and 772)",
                "ssl_ciphers[0]: \"TLS_RSA_WITH_AES_128_CBC_SHA\" (expected: one of " + String.join(", ", CipherSuites.known()) + ")",
                "ca: inline PEM: it holds no PEM block (expected: -----BEGIN \u2026-----)",
                "pinned_public_keys[\"*\"]: \"abc\" (expected: a SHA-256 in base64 or hex)",
                "pinned_public_keys[\"https://b\"]: \"https://b\" (expected: *, *.example.com, a host, or host:port)",
                "upstream_certificates[\"*\"]: inline PEM: it holds no private key (expected: one, beside its certificate)",
                "upstream_certificates[\"[\"]: \"[\" (expected: *, *.example.com, a host, or host:port)");
    }

    @Test
    void contradictionsAreNamed() {
        Configs range = new Configs().versions("1.3", "1.2");
        assertThat(range.layer()).isNull();
        assertThat(range.findings.errors()).containsExactly("ssl_min_version: 1.3 (expected: not above ssl_max_version, 1.2)");
        Configs twice = new Configs().pin("a.example", PIN).pin("A.example.", PIN);
        assertThat(twice.layer()).isNull();
        assertThat(twice.findings.errors()).singleElement().asString().endsWith("stands there twice (expected: once)");
    }

    @Test
    void whatIsDoubtfulIsSaid() {
        Configs blind = Configs.blind();
        blind.ca = Material.inline(ROOT.own().certificatePem());
        blind.suites = List.of("TLS_AES_256_GCM_SHA384");
        assertThat(blind.layer()).isNotNull();
        assertThat(blind.findings.warnings()).containsExactlyInAnyOrder(
                "ssl_insecure_skip_verify: true: any certificate passes, so anyone in between can read along (expected: false)",
                "ca: inline PEM has no effect (expected: together with verification)",
                "ssl_ciphers: only suites of TLS 1.3, which are always offered (expected: suites of TLS 1.2)");
        Configs pinned = Configs.blind().pin("*", PIN);
        assertThat(pinned.layer()).isNotNull();
        assertThat(pinned.findings.warnings()).isEmpty();
        Configs parked = new Configs().pin("*", PIN);
        parked.noPins = true;
        assertThat(parked.layer()).isNotNull();
        assertThat(parked.findings.warnings()).containsExactly("certificate_pinning_disabled: true: no pin is checked (expected: false)");
    }

    @Test
    void endOfCertificatesIsForeseen() {
        Configs configs = Configs.trusting(Authority.selfSigned(CertificateRequest.of("CN=old").expired()).certificatePem())
                .certificate("a", ROOT.issue(CertificateRequest.of("CN=soon")).pem())
                .certificate("b", ROOT.issue(CertificateRequest.of("CN=gone").expired()).pem());
        assertThat(configs.layer()).isNotNull();
        assertThat(configs.findings.warnings()).hasSize(3)
                .anyMatch(text -> text.matches("ca: CN=old expired at .* \\(expected: an authority that is valid now\\)"))
                .anyMatch(text -> text.matches("upstream_certificates\\[\"a\"\\]: expires at .*, in 0 days \\(expected: more than 30\\)"))
                .anyMatch(text -> text.matches("upstream_certificates\\[\"b\"\\]: CN=gone expired at .* \\(expected: a certificate that is valid now\\)"));
    }
}
