package io.sluice.plugins.httpdiscovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.discovery.PreparedDiscovery;
import io.sluice.spi.discovery.TargetDiscovery;
import io.sluice.testing.config.RecordedFindings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpDiscoveryTest {

    private static final ServiceInfo SERVICE = new ServiceInfo("s", "s", "", "0.0.0.0", 1);

    private static List<String> findings(String endpoint, Map<String, String> headers) {
        RecordedFindings findings = new RecordedFindings();
        new HttpDiscovery().prepare(Configs.asking(endpoint, headers, Duration.ofSeconds(5)), SERVICE, findings);
        return findings.lines();
    }

    @Test
    void isFoundByItsServicesFileAndServesWhereNoneIsNamed() {
        assertThat(ServiceLoader.load(TargetDiscovery.class)).singleElement().isInstanceOf(HttpDiscovery.class)
                .matches(discovery -> discovery.isDefault() && discovery.name().equals("http"));
    }

    @ParameterizedTest
    @CsvSource({
        "consul:8500/v1,           scheme \"consul\"",
        "//consul,                 no scheme",
        "ftp://consul/,            scheme \"ftp\"",
        "http:///x,                'no host, or a port that is none'",
        "http://consul:0/,         'no host, or a port that is none'",
        "http://consul:99999/,     'no host, or a port that is none'",
        "http://con sul/,          'not a URL: '",
    })
    void anEndpointThatIsNoneIsAnError(String endpoint, String message) {
        assertThat(findings(endpoint, Map.of())).singleElement().asString()
                .startsWith("error: query_endpoint: " + message).contains("(expected: http://host:port/path");
    }

    @ParameterizedTest
    @CsvSource({"X-Key,'a\nb'", "X Key,a", "'',a", "Host,a", "content-LENGTH,1", "X-Key,\u00e9"})
    void headersThatCannotBeSentAreErrors(String name, String value) {
        assertThat(findings("http://consul/", Map.of(name, value))).singleElement().asString().startsWith("error: headers");
    }

    @Test
    void goodEndpointsAreTaken() {
        for (String endpoint : List.of("http://consul:8500/v1/catalog/service/x?dc=1", "HTTPS://[::1]:1/", "http://h",
                " http://h/ ")) {
            assertThat(findings(endpoint, Map.of("X-Consul-Token", "abc"))).isEmpty();
        }
    }

    @Test
    void keysAreNeverShown() {
        Endpoint endpoint = Endpoint.parse("http://user:pass@consul:8500/v1?token=abc");

        assertThat(endpoint).hasToString("http://consul:8500/v1");
        assertThat(endpoint.url()).hasToString("http://consul:8500/v1?token=abc");
        assertThat(endpoint.authorization()).contains("Basic dXNlcjpwYXNz");
        assertThat(Configs.asking("http://user:pass@h/", Map.of("X", "secret"), Duration.ofSeconds(1)).toString())
                .doesNotContain("pass", "secret");
    }

    @Test
    void aCacheTimeoutOfZeroIsTyksDefault() {
        assertThat(refresh(Duration.ZERO, false)).isEqualTo(Duration.ofSeconds(60));
        assertThat(refresh(Duration.ofSeconds(7), false)).isEqualTo(Duration.ofSeconds(7));
        assertThat(refresh(Duration.ofMillis(7), false)).isEqualTo(Duration.ofSeconds(1));
        assertThat(refresh(Duration.ofSeconds(7), true)).isEqualTo(Duration.ofSeconds(1));
    }

    private static Duration refresh(Duration cacheTimeout, boolean cacheDisabled) {
        PreparedDiscovery prepared = new HttpDiscovery().prepare(new HttpConfig(true, "http://h/", "", "", "", "", false,
                false, false, cacheTimeout, cacheDisabled, 0, Map.of(), Duration.ofSeconds(5)), SERVICE,
                new RecordedFindings());
        return prepared.refresh();
    }

    @Test
    void theTimeoutHasBounds() {
        assertThatIllegalArgumentException().isThrownBy(() -> Configs.asking("http://h/", Map.of(), Duration.ofSeconds(26)));
        assertThatIllegalArgumentException().isThrownBy(() -> Configs.asking("http://h/", Map.of(), Duration.ZERO));
    }
}
