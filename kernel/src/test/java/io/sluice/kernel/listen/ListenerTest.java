package io.sluice.kernel.listen;

import static io.sluice.kernel.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.sluice.kernel.Await;
import io.sluice.kernel.Ports;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.plan.ListenAddress;
import io.sluice.kernel.plan.ListenerPlan;
import io.sluice.kernel.session.Sessions;
import io.sluice.kernel.session.Slice;
import io.sluice.kernel.upstream.Dial;
import io.sluice.kernel.upstream.HostNames;
import io.sluice.kernel.upstream.Transport;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(120)
class ListenerTest {

    private final BlockingQueue<ServerChannel> made = new LinkedBlockingQueue<>();
    private final BlockingQueue<Listener.State> states = new LinkedBlockingQueue<>();
    private final AcceptBudget budget = new AcceptBudget();
    private final HostNames names = new HostNames();
    private final Transport nio = Transport.of(Settings.Transport.NIO);
    private final Transport transport = new Transport("nio", nio.io(), () -> {
        ServerChannel channel = new NioServerSocketChannel();
        made.add(channel);
        return channel;
    }, nio.client());
    private final EventLoopGroup workers = transport.loops(1);
    private ListenAddress address;
    private Slice slice;
    private Listener listener;

    @BeforeEach
    void prepare() {
        address = new ListenAddress("127.0.0.1", Ports.free());
        slice = new Slice(new ListenerPlan(address, "none", List.of(), List.of(), Set.of()), Map.of());
    }

    @AfterEach
    void stop() {
        listener.close();
        workers.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        names.close();
    }

    @Test
    void socketThatIsClosedUnderneathIsOpenedAgain() throws Exception {
        open(workers);
        assertThat(states.take().open()).isTrue();
        made.take().close();
        assertThat(states.take()).matches(state -> !state.open() && state.reason().equals("its socket was closed by someone else"));
        assertThat(states.take().open()).isTrue();
        new Socket(address.host(), address.port()).close();
    }

    @Test
    void listenerThatIsClosedStaysClosed() throws Exception {
        open(workers);
        assertThat(states.take().open()).isTrue();
        listener.close();
        assertThat(made).hasSize(1).allMatch(channel -> !channel.isOpen());
        assertThat(states).as("its end is no failure").isEmpty();
    }

    @Test
    void connectionThatNoEventLoopTakesGivesItsPlaceBack() throws Exception {
        open(refusing(workers));
        try (Socket client = new Socket(address.host(), address.port())) {
            client.setSoTimeout(Await.MILLIS);
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        await().until(() -> budget.connections() == 0);
        listener.close();
        slice.release();
        assertThat(slice.retain()).as("nobody else held it").isFalse();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void inheritedSocketThatIsClosedUnderneathCanBeLeft() throws Exception {
        InheritedSocket socket = Descriptors.adopt(Descriptors.of(
                Descriptors.listening(new InetSocketAddress(address.host(), address.port())))).on(workers);
        BlockingQueue<Channel> opened = new LinkedBlockingQueue<>();
        ChannelInboundHandlerAdapter accept = new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRegistered(io.netty.channel.ChannelHandlerContext context) {
                opened.add(context.channel());
            }
        };
        socket.loop().submit(() -> socket.open(accept)).sync();
        opened.take().close().sync();
        // what the channel leaves to its event loop comes first
        socket.loop().submit(() -> { }).sync();
        assertThat(socket.loop().submit(() -> socket.close().isSuccess()).get()).isTrue();
        open(workers);
    }

    private void open(EventLoopGroup loops) {
        listener = new Listener(address, slice, new Listener.Shared(loops, transport, InheritedSockets.none(),
                new Sessions(new Dial.Network(transport, names::resolve)), budget), () -> states.add(listener.state()));
        listener.open();
    }

    /** Event loops that take no accepted connection. */
    private static EventLoopGroup refusing(EventLoopGroup loops) {
        return (EventLoopGroup) Proxy.newProxyInstance(ListenerTest.class.getClassLoader(), new Class<?>[] {EventLoopGroup.class},
                (proxy, method, arguments) -> method.getName().equals("register")
                        ? ((ChannelPromise) arguments[0]).setFailure(new IOException("no room")) : method.invoke(loops, arguments));
    }
}
