package io.sluice.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetUrlTest {

    @ParameterizedTest
    @CsvSource({
        "redis:6379,'',redis,6379",
        "127.0.0.1:1,'',127.0.0.1,1",
        "[::1]:65535,'',::1,65535",
        "tcp://Redis.Example.:6379,tcp,redis.example.,6379",
        "tls://h:9191/,tls,h,9191",
        "x-y_z.1://h_1-a:80,x-y_z.1,h_1-a,80",
    })
    void targetsAreUnderstood(String text, String scheme, String host, int port) {
        assertThat(TargetUrl.parse(text)).isEqualTo(new TargetUrl.Good(scheme, host, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "...", "<host>", "host", "host:", "host:0", "host:65536", "host:99999999999", "host:08", "host:+80",
        "host:80x", ":80", "tcp://", "tcp://:80", "tcp://h", "tcp://h:80/path", "h:80?q", "h:80#f", "user@h:80", "::1:80",
        "[::1]", "[::1]80", "[1.2.3.4]:80", "[g::1]:80", "256.1.1.1:80", "1.2.3:80", "1.2.3.4.:80", "01.2.3.4:80", "-h:80", "h-:80",
        "a..b:80", "h h:80", "http//h:80", "h:80:90", "h\n:80", "tcp://tcp://h:80"})
    void everythingElseIsRefusedWithARule(String text) {
        assertThat(TargetUrl.parse(text)).isInstanceOfSatisfying(TargetUrl.Bad.class, bad -> {
            assertThat(bad.message()).contains("expected: host:port");
            assertThat(bad.hint()).isNotEmpty();
        });
    }
}
