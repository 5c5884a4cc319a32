package io.sluice.plugins.tls.client;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.sluice.plugins.tls.provider.TlsProvider;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.protocol.ClientLayer;
import io.sluice.spi.protocol.ListenerView.Member;
import io.sluice.spi.protocol.ListenerView;
import io.sluice.testing.config.RecordedFindings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A real port with the layer on it. Whoever gets through meets an echo that first says the service's id. */
final class Port implements AutoCloseable {

    /** How long what must come is waited for: longer than a machine stalls. */
    static final Duration WAIT = Duration.ofSeconds(30);

    final BlockingQueue<Refusal> refusals = new LinkedBlockingQueue<>();
    final BlockingQueue<ClientFacts> admitted = new LinkedBlockingQueue<>();
    final BlockingQueue<Object> ends = new LinkedBlockingQueue<>();
    final TlsClientProtocol protocol;
    private final List<Member<Served>> members = new ArrayList<>();
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private Channel server;

    Port(TlsProvider provider) {
        protocol = new TlsClientProtocol(() -> provider, Clock.systemUTC());
    }

    Port service(String id, String domain, Settings settings) {
        RecordedFindings found = new RecordedFindings();
        ServiceInfo info = new ServiceInfo(id, id, domain, "127.0.0.1", 1);
        Served served = protocol.prepare(settings.config(), info, found);
        if (!found.errors().isEmpty()) {
            throw new IllegalArgumentException(found.errors().toString());
        }
        members.add(new Member<>(info, served));
        return this;
    }

    Served served(int index) {
        return members.get(index).prepared();
    }

    Port open() {
        ClientLayer layer = protocol.layer(new ListenerView<>("127.0.0.1", 1, members));
        List<ServiceInfo> services = members.stream().map(Member::service).toList();
        server = new ServerBootstrap().group(loops).channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true).childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        new EchoConnection(channel, services, Port.this).open(layer);
                    }
                }).bind(InetAddress.getLoopbackAddress(), 0).syncUninterruptibly().channel();
        return this;
    }

    int number() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), number());
        socket.setSoTimeout((int) WAIT.toMillis());
        return socket;
    }

    Refusal refusal() throws InterruptedException {
        return next(refusals, "nobody was refused");
    }

    ClientFacts facts() throws InterruptedException {
        return next(admitted, "nobody was admitted");
    }

    Object end() throws InterruptedException {
        return next(ends, "nothing has ended");
    }

    private static <T> T next(BlockingQueue<T> queue, String otherwise) throws InterruptedException {
        T next = queue.poll(WAIT.toSeconds(), TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError(otherwise);
        }
        return next;
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
