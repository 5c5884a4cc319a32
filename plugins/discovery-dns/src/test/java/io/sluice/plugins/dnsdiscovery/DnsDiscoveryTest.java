package io.sluice.plugins.dnsdiscovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sluice.plugins.dnsdiscovery.DnsConfig.Type;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.discovery.PreparedDiscovery;
import io.sluice.spi.discovery.TargetDiscovery;
import io.sluice.testing.config.RecordedFindings;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DnsDiscoveryTest {

    private final RecordedFindings findings = new RecordedFindings();

    private PreparedDiscovery prepare(String host, Type record, int port, String... servers) {
        return new DnsDiscovery().prepare(new DnsConfig(host, record, port, List.of(servers), Duration.ofSeconds(1),
                Duration.ofMinutes(5), Duration.ofSeconds(2)), new ServiceInfo("s", "s", "", "0.0.0.0", 1), findings);
    }

    @Test
    void isFoundByItsServicesFile() {
        assertThat(ServiceLoader.load(TargetDiscovery.class)).singleElement().isInstanceOf(DnsDiscovery.class)
                .matches(discovery -> discovery.name().equals("dns") && !discovery.isDefault());
    }

    @Test
    void whatIsRightIsTaken() {
        prepare("redis.example.com", Type.A, 6379, "10.0.0.1", "10.0.0.1:8600", "::1", "[::1]:53", "[::1]");
        prepare("_redis._tcp.example.com.", Type.SRV, 0);

        assertThat(findings.lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a..b", "-a", "10.0.0.1", "http://a", "a:1", "\u00e9", ".", "*.a"})
    void whatIsNoNameIsAnError(String host) {
        prepare(host, Type.A, 1);

        assertThat(findings.lines()).containsExactly("error: host: \"" + host + "\" (expected: a host name)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dns.example", "10.0.0.1:0", "10.0.0.1:65536", "10.0.0.1:x", "[::1", "256.0.0.1", ":53"})
    void serversAreAddresses(String server) {
        prepare("a", Type.A, 1, "10.0.0.1", server);

        assertThat(findings.lines()).containsExactly("error: servers[1]: \"" + server + "\" (expected: ip or ip:port)");
    }

    @Test
    void addressRecordsNeedAPortAndServiceRecordsDoNot() {
        prepare("a", Type.A, 0);
        prepare("a", Type.SRV, 1);

        assertThat(findings.lines()).containsExactly("error: port: 0 (expected: 1 to 65535; A records have no ports)",
                "warning: port: 1 (expected: none; SRV records bring their own)");
    }

    @Test
    void timesHaveBounds() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new DnsConfig("a", Type.A, 1, List.of(), second,
                Duration.ZERO, second));
        assertThatIllegalArgumentException().isThrownBy(() -> new DnsConfig("a", Type.A, 1, List.of(), second, second,
                Duration.ofSeconds(11)));
    }
}
