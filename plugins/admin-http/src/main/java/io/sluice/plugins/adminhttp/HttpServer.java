package io.sluice.plugins.adminhttp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.sluice.spi.admin.AdminDoor;
import io.sluice.spi.admin.AdminServer;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * The server: one event loop of its own and some threads that may block. While the port cannot be opened it is tried again
 * after one second, doubling up to thirty.
 */
final class HttpServer implements AdminServer.Running {

    private static final int LONGEST_LINE = 8192;
    private static final int LONGEST_HEADERS = 16_384;
    /** The codec breaks the connection beyond this; the conversation ends it in order, long before. */
    private static final int MOST_IN_A_READ = 8192;
    private static final int LONGEST_PAUSE_SECONDS = 30;
    private static final long END_MILLIS = 2000;

    private final BindAddress address;
    private final AdminHttpConfig config;
    private final Reception reception;
    private final AdminDoor door;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1,
            new DefaultThreadFactory("sluice-admin", true), NioIoHandler.newFactory());
    private final Workers workers;
    private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private volatile Channel listening;
    private volatile boolean closed;

    private HttpServer(BindAddress address, AdminHttpConfig config, Reception reception, AdminDoor door) {
        this.address = address;
        this.config = config;
        this.reception = reception;
        this.door = door;
        this.workers = new Workers(config.maxStreams());
    }

    /** Starts it; when this returns the port is open, or it was said why not. */
    static HttpServer start(BindAddress address, AdminHttpConfig config, Reception reception, AdminDoor door) {
        HttpServer server = new HttpServer(address, config, reception, door);
        server.bind(1);
        return server;
    }

    private void bind(int pauseSeconds) {
        if (closed) {
            return;
        }
        ChannelFuture bound = new ServerBootstrap().group(loop).channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        prepare(channel);
                    }
                })
                .bind(address.resolved());
        if (listening == null && pauseSeconds == 1) {
            bound.awaitUninterruptibly();
        }
        bound.addListener((ChannelFuture done) -> {
            if (done.isSuccess()) {
                opened(done.channel());
            } else {
                door.failed(address.host() + ":" + address.port() + ": " + done.cause().getMessage());
                loop.schedule(() -> bind(Math.min(pauseSeconds * 2, LONGEST_PAUSE_SECONDS)), pauseSeconds, TimeUnit.SECONDS);
            }
        });
        if (bound.isDone() && pauseSeconds == 1) {
            loop.submit(() -> { }).awaitUninterruptibly();
        }
    }

    private void opened(Channel channel) {
        listening = channel;
        if (closed) {
            channel.close();
        } else {
            door.opened(BindAddress.url((InetSocketAddress) channel.localAddress()));
        }
    }

    private void prepare(Channel channel) {
        if (closed || clients.size() >= config.maxConnections()) {
            channel.close();
            return;
        }
        clients.add(channel);
        HttpDecoderConfig bounds = new HttpDecoderConfig().setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(LONGEST_HEADERS).setValidateHeaders(true);
        channel.pipeline().addLast(new HttpServerCodec(bounds, MOST_IN_A_READ), new WholeRequest(),
                new Conversation(reception, workers, config.patience()));
    }

    @Override
    public void close() {
        closed = true;
        if (listening != null) {
            listening.close().awaitUninterruptibly(END_MILLIS);
        }
        workers.close(END_MILLIS);
        clients.close().awaitUninterruptibly(END_MILLIS);
        loop.shutdownGracefully(0, END_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(2 * END_MILLIS);
    }
}
