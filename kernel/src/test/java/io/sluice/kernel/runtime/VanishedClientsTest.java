package io.sluice.kernel.runtime;

import static io.sluice.kernel.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.sluice.kernel.Await;
import io.sluice.kernel.config.Settings;
import io.sluice.spi.config.Findings;
import io.sluice.spi.config.NoConfig;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.observer.ConnectionSummary;
import io.sluice.spi.protocol.ClientLayer;
import io.sluice.spi.protocol.ClientProtocol;
import io.sluice.spi.protocol.EndOfStream;
import io.sluice.spi.protocol.ListenerView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that go with a RST while nobody reads from them, so that only a failing write can tell; behind a layer that
 * passes such failures on, and behind one that keeps them to itself, as TLS does.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VanishedClientsTest {

    private static final int LOT = 32 * 1024 * 1024;

    private final ServerSocket server;
    private TestGateway gateway;

    VanishedClientsTest() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** Tells nobody when a write has failed. */
    private static final class Silence extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (message instanceof EndOfStream) {
                context.write(message, promise);
            } else {
                context.write(message).addListener(done -> promise.trySuccess());
            }
        }
    }

    /** Says more than any socket buffers, that this was all, and closes, before anybody has taken it. */
    private static final class Haste extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
            context.fireChannelRead(context.alloc().buffer(LOT).writeZero(LOT));
            context.fireChannelReadComplete();
            context.fireUserEventTriggered(EndOfStream.CLEAN);
            context.close();
        }
    }

    /** A client protocol with a handler. */
    private record Layered(String name, Supplier<ChannelHandler> handler) implements ClientProtocol<NoConfig, String> {

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
                connection.add(handler.get());
                connection.proceed();
            };
        }
    }

    @BeforeEach
    void start() throws IOException {
        gateway = new TestGateway(Settings.Transport.NIO);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        server.close();
    }

    private Socket connect(String protocol) throws Exception {
        gateway.service("s", "\"protocol\": \"" + protocol + "\"", "127.0.0.1:" + server.getLocalPort())
                .apply(new Layered("discreet", Silence::new), new Layered("hasty", Haste::new));
        return gateway.connect();
    }

    private Socket accept() throws IOException {
        Socket target = server.accept();
        target.setSoTimeout(Await.MILLIS);
        return target;
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Says something until it cannot. */
    private static void talk(Socket target) throws IOException {
        while (true) {
            target.getOutputStream().write(1);
        }
    }

    private void assertReset() throws InterruptedException {
        ConnectionSummary summary = gateway.nextEnd();
        assertThat(summary.reason()).isEqualTo(CloseReason.CLIENT_RESET);
        await().untilAsserted(() -> assertThat(gateway.runtime.sessions().live()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "discreet"})
    void clientThatEndedItsStreamAndThenWentIsNoticedByTheNextWrite(String protocol) throws Exception {
        try (Socket client = connect(protocol); Socket target = accept()) {
            client.shutdownOutput();
            assertThat(target.getInputStream().read()).isEqualTo(-1);
            reset(client);
            assertThatThrownBy(() -> talk(target)).isInstanceOf(SocketException.class);
        }
        assertReset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "discreet"})
    void clientThatDoesNotReadAndGoesIsNoticedWhileItIsWrittenTo(String protocol) throws Exception {
        try (Socket client = connect(protocol); Socket target = accept()) {
            client.shutdownOutput();
            assertThat(target.getInputStream().read()).isEqualTo(-1);
            Thread going = new Thread(() -> {
                try {
                    assertThat(client.getInputStream().read()).isZero();
                    reset(client);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            going.start();
            assertThatThrownBy(() -> {
                while (true) {
                    target.getOutputStream().write(new byte[1024 * 1024]);
                }
            }).isInstanceOf(SocketException.class);
            going.join();
        }
        assertReset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "discreet"})
    void resetOfAClientWhoseTargetHasEndedReachesTheTarget(String protocol) throws Exception {
        try (Socket client = connect(protocol); Socket target = accept()) {
            target.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            reset(client);
            assertThatThrownBy(() -> talk(target)).isInstanceOf(SocketException.class);
        }
        assertReset();
    }

    @Test
    void whatAClientSaidBeforeItsChannelWasClosedIsDelivered() throws Exception {
        try (Socket client = connect("hasty"); Socket target = accept()) {
            client.getOutputStream().write(1);
            assertThat(client.getInputStream().read()).as("its channel is closed").isEqualTo(-1);
            assertThat(target.getInputStream().readAllBytes()).hasSize(LOT);
        }
        assertThat(gateway.nextEnd().reason()).isEqualTo(CloseReason.PEER_CLOSED_TLS);
    }
}
