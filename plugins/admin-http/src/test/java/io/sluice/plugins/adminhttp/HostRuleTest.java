package io.sluice.plugins.adminhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostRuleTest {

    private static final Set<String> LISTED = Set.of("gateway.example", "10.0.0.1");

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:9700", "LocalHost", "localhost.", "a.localhost", "127.0.0.1", "127.0.0.1:80",
            "127.1.2.3", "[::1]", "[::1]:9700", "gateway.example", "Gateway.Example:443", "10.0.0.1:9700"})
    void loopbackNamesAndListedOnesAreAdmitted(String host) {
        assertThat(HostRule.admits(host, LISTED)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", ".", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evillocalhost",
            "gateway.example.evil.example", "a.gateway.example", "0.0.0.0", "[::]", "[::1", "::1]", "10.0.0.2", "127.0.0.1@evil",
            "localhost:evil", "[::1]evil", "[::1].evil.example", "[::1]:evil", "localhost:123456", "0x7f000001", "2130706433", "127.1", "user@localhost:1:2"})
    void allOthersAreNot(String host) {
        assertThat(HostRule.admits(host, LISTED)).isFalse();
    }
}
