package io.sluice.kernel.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.config.Settings;
import io.sluice.spi.config.Findings;
import io.sluice.spi.config.NoConfig;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.observer.ConnectionSummary;
import io.sluice.spi.protocol.ClientLayer;
import io.sluice.spi.protocol.ClientProtocol;
import io.sluice.spi.protocol.ListenerView;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** Whose deadline a preamble has: the settings' until a service is chosen, then the service's. */
class PreambleTest {

    /** Finds out what service it is for, and goes no further. */
    private record Dawdling(boolean routes) implements ClientProtocol<NoConfig, String> {

        @Override
        public String name() {
            return "dawdling";
        }

        @Override
        public Class<NoConfig> configType() {
            return NoConfig.class;
        }

        @Override
        public String prepare(NoConfig config, ServiceInfo service, Findings findings) {
            return "";
        }

        @Override
        public ClientLayer layer(ListenerView<String> listener) {
            return connection -> {
                if (routes) {
                    connection.route();
                }
            };
        }
    }

    @Test
    void serviceHasADeadlineOfItsOwn() throws Exception {
        assertThat(end(true, "0", "\"200ms\"")).isEqualTo("not finished within 200 ms");
        assertThat(end(true, "\"200ms\"", "\"400ms\"")).isEqualTo("not finished within 400 ms");
    }

    @Test
    void settingsCountUntilTheServiceIsKnown() throws Exception {
        assertThat(end(false, "\"200ms\"", "0")).isEqualTo("not finished within 200 ms");
    }

    private static String end(boolean routes, String settings, String own) throws Exception {
        try (TestGateway gateway = new TestGateway(Settings.Transport.NIO)) {
            gateway.settings("\"timeouts\": { \"handshake\": " + settings + " }")
                    .define("s", "\"protocol\": \"dawdling\"", "\"timeouts\": { \"handshake\": " + own + " }",
                            "\"" + gateway.target() + "\"")
                    .apply(new Dawdling(routes));
            try (Socket client = gateway.connect()) {
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
            ConnectionSummary summary = gateway.nextEnd();
            assertThat(summary.reason()).isEqualTo(CloseReason.HANDSHAKE_TIMEOUT);
            return summary.detail();
        }
    }
}
