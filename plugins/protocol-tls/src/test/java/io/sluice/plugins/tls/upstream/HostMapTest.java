package io.sluice.plugins.tls.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.spi.connection.TargetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostMapTest {

    @Test
    void mostSpecificKeyWins() {
        HostMap<String> map = of("*", "*.a.example", "x.a.example", "X.A.example.:443", "10.0.0.1", "10.0.0.1:443", "::1", "[2001:DB8::1]:443");
        assertThat(map.of(new TargetAddress("x.a.example", 443))).contains("X.A.example.:443");
        assertThat(map.of(new TargetAddress("X.a.example.", 444))).contains("x.a.example");
        assertThat(map.of(new TargetAddress("y.a.example", 443))).contains("*.a.example");
        assertThat(map.of(new TargetAddress("z.y.a.example", 443))).contains("*");
        assertThat(map.of(new TargetAddress("a.example", 443))).contains("*");
        assertThat(map.of(new TargetAddress("10.0.0.1", 443))).contains("10.0.0.1:443");
        assertThat(map.of(new TargetAddress("10.0.0.1", 1))).contains("10.0.0.1");
        assertThat(map.of(new TargetAddress("0:0:0:0:0:0:0:1", 1))).contains("::1");
        assertThat(map.of(new TargetAddress("2001:db8::1", 443))).contains("[2001:DB8::1]:443");
        assertThat(map.of(new TargetAddress("2001:db8::1", 444))).contains("*");
    }

    @Test
    void noKeyNoValue() {
        assertThat(of("a.example").of(new TargetAddress("b.example", 1))).isEmpty();
        assertThat(of("a.example:2").of(new TargetAddress("a.example", 1))).isEmpty();
        assertThat(of().of(new TargetAddress("b.example", 1))).isEmpty();
    }

    @Test
    void whatIsNoKeyIsRefused() {
        assertThat(List.of("", "**", "*.", "*a.example", "a.*.example", "a.example:0", "a.example:65536", "a.example:", "https://a.example",
                "a b", "*.a.example:443", "[::1", "[x]:1", "a.example:x", "*:443", "-a")).allMatch(key -> HostMap.key(key).isEmpty());
        assertThat(HostMap.key(" A.Example. ")).contains("a.example");
        assertThat(HostMap.key("[::1]")).isEqualTo(HostMap.key("0:0:0:0:0:0:0:1"));
    }

    private static HostMap<String> of(String... keys) {
        Map<String, String> map = new HashMap<>();
        for (String key : keys) {
            map.put(HostMap.key(key).orElseThrow(), key);
        }
        return new HostMap<>(map);
    }
}
