package io.sluice.kernel.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.sluice.kernel.config.Settings;
import io.sluice.spi.config.Findings;
import io.sluice.spi.config.NoConfig;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.observer.ConnectionSummary;
import io.sluice.spi.protocol.ClientConnection;
import io.sluice.spi.protocol.ClientLayer;
import io.sluice.spi.protocol.ClientProtocol;
import io.sluice.spi.protocol.ListenerView;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Whose deadline a preamble has: the settings' until a service is chosen, then the service's. */
class PreambleTest {

    /** Begins, and goes no further by itself. */
    private record Dawdling(ClientLayer beginning) implements ClientProtocol<NoConfig, String> {

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
            return beginning;
        }
    }

    /** Keeps all that is written until a handshake ends, which never does, and has enough of the client at its first byte. */
    private static final class Hoarding extends ChannelDuplexHandler {

        private final List<Object> kept = new CopyOnWriteArrayList<>();
        private ClientConnection connection;

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            kept.add(message);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
            context.writeAndFlush(Unpooled.copiedBuffer("no\n", StandardCharsets.US_ASCII));
            connection.refuse(new Refusal(CloseReason.BAD_PREAMBLE, ""));
        }
    }

    @Test
    void refusalDoesNotWaitForALayerThatKeepsWhatIsWritten() throws Exception {
        Hoarding hoarding = new Hoarding();
        try (TestGateway gateway = new TestGateway(Settings.Transport.NIO)) {
            gateway.service("s", "\"protocol\": \"dawdling\"", gateway.target()).apply(new Dawdling(connection -> {
                hoarding.connection = connection;
                connection.add(hoarding);
            }));
            try (Socket client = gateway.connect()) {
                client.getOutputStream().write('x');
                assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("no\n");
            }
            assertThat(gateway.nextEnd().reason()).isEqualTo(CloseReason.BAD_PREAMBLE);
        }
        assertThat(hoarding.kept).as("what the end of the session gave it to keep").isEmpty();
    }

    /** Refuses first and says so then, as TLS does. */
    private static final class LateWords extends ChannelInboundHandlerAdapter {

        private final ClientConnection connection;

        LateWords(ClientConnection connection) {
            this.connection = connection;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
            connection.refuse(new Refusal(CloseReason.BAD_PREAMBLE, ""));
            context.writeAndFlush(Unpooled.copiedBuffer("no\n", StandardCharsets.US_ASCII));
        }
    }

    @Test
    void wordsThatFollowARefusalAtOnceReachTheClient() throws Exception {
        try (TestGateway gateway = new TestGateway(Settings.Transport.NIO)) {
            gateway.service("s", "\"protocol\": \"dawdling\"", gateway.target())
                    .apply(new Dawdling(connection -> connection.add(new LateWords(connection))));
            try (Socket client = gateway.connect()) {
                client.getOutputStream().write('x');
                assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("no\n");
            }
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
                    .apply(new Dawdling(connection -> {
                        if (routes) {
                            connection.route();
                        }
                    }));
            try (Socket client = gateway.connect()) {
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
            ConnectionSummary summary = gateway.nextEnd();
            assertThat(summary.reason()).isEqualTo(CloseReason.HANDSHAKE_TIMEOUT);
            return summary.detail();
        }
    }
}
