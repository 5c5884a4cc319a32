package io.sluice.plugins.tls.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.TargetAddress;
import io.sluice.spi.protocol.EndOfStream;
import io.sluice.spi.protocol.UpstreamConnection;
import io.sluice.spi.protocol.UpstreamLayer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One try to connect to a target, with the layer under test, as the kernel would make it. */
final class Attempt implements UpstreamConnection {

    private static final MultiThreadIoEventLoopGroup LOOPS = new MultiThreadIoEventLoopGroup(1,
            new DefaultThreadFactory("attempts", true), NioIoHandler.newFactory());

    /** How long what must come is waited for: longer than a machine stalls. */
    static final Duration WAIT = Duration.ofSeconds(30);

    final BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();
    final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private final StringBuffer received = new StringBuffer();
    private final Consumer<Channel> connected;
    private final TargetAddress target;
    private final Channel channel;

    /** What stands outside all layers: the end that comes out of them is a FIN. */
    private static final class Fin extends ChannelOutboundHandlerAdapter {

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (message instanceof EndOfStream) {
                context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(
                        written -> ((DuplexChannel) context.channel()).shutdownOutput(promise));
            } else {
                context.write(message, promise);
            }
        }
    }

    /** What stands inside all layers. */
    private final class Inner extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            received.append(bytes.toString(StandardCharsets.UTF_8));
            bytes.release();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            events.add(event instanceof EndOfStream ? event + " after " + received.length() : event);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            events.add(cause);
        }
    }

    Attempt(UpstreamLayer layer, String host, InetSocketAddress at) {
        this(layer, host, at, channel -> { });
    }

    /**
     * @param connected what is done at once when the layer is open
     */
    Attempt(UpstreamLayer layer, String host, InetSocketAddress at, Consumer<Channel> connected) {
        this.connected = connected;
        this.target = new TargetAddress(host, at.getPort());
        this.channel = new Bootstrap().group(LOOPS).channel(NioSocketChannel.class)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true).handler(new ChannelInboundHandlerAdapter())
                .connect(at).syncUninterruptibly().channel();
        channel.eventLoop().execute(() -> {
            channel.pipeline().addLast(new Fin());
            channel.pipeline().addLast("inner", new Inner());
            layer.open(this);
        });
    }

    /** {@code connected}, or why not. */
    String outcome() throws InterruptedException {
        String outcome = outcomes.poll(WAIT.toSeconds(), TimeUnit.SECONDS);
        if (!"connected".equals(outcome)) {
            channel.close();
        }
        return outcome;
    }

    String received() {
        return received.toString();
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public TargetAddress target() {
        return target;
    }

    @Override
    public Optional<ClientFacts> client() {
        return Optional.empty();
    }

    @Override
    public String id() {
        return "1";
    }

    @Override
    public void add(ChannelHandler handler) {
        channel.pipeline().addBefore("inner", null, handler);
    }

    @Override
    public void proceed() {
        outcomes.add("connected");
        connected.accept(channel);
    }

    @Override
    public void fail(String reason) {
        outcomes.add(reason);
        channel.close();
    }
}
