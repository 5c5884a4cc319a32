package io.sluice.plugins.adminhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class BindAddressTest {

    @Test
    void hostsAndPortsAreTold() {
        assertThat(BindAddress.parse("127.0.0.1:9700")).isEqualTo(new BindAddress("127.0.0.1", 9700));
        assertThat(BindAddress.parse("[::1]:0")).isEqualTo(new BindAddress("::1", 0));
        assertThat(BindAddress.url(new InetSocketAddress("::1", 80))).isEqualTo("http://[0:0:0:0:0:0:0:1]:80");
    }

    @Test
    void anythingElseIsRefusedWithTheRule() {
        for (String bad : new String[] {"", "9700", ":9700", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "h:-1"}) {
            assertThatThrownBy(() -> BindAddress.parse(bad)).as(bad).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected: host:port");
        }
    }
}
