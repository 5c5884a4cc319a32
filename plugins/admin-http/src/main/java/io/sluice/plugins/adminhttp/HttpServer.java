package io.sluice.plugins.adminhttp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.sluice.spi.admin.AdminServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The server: one event loop of its own, some threads that may block, and the places where it listens. */
final class HttpServer implements AdminServer.Running {

    private static final int LONGEST_LINE = 8192;
    private static final int LONGEST_HEADERS = 16_384;
    /** The codec breaks the connection beyond this; the conversation ends it in order, long before. */
    private static final int MOST_IN_A_READ = 8192;
    private static final long END_MILLIS = 2000;

    private final AdminHttpConfig config;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1,
            new DefaultThreadFactory("sluice-admin", true), NioIoHandler.newFactory());
    private final Workers workers;
    private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final List<Entrance> entrances;
    private volatile boolean closed;

    private HttpServer(AdminHttpConfig config, Map<Place, Reception> places) {
        this.config = config;
        this.workers = new Workers(config.maxStreams());
        this.entrances = places.entrySet().stream()
                .map(place -> new Entrance(place.getKey(), loop.next(), clients(place.getValue()))).toList();
    }

    /**
     * Starts it; when this returns every place is open, or it was said why not.
     *
     * @param places where to listen, and who receives those who come there
     */
    static HttpServer start(AdminHttpConfig config, Map<Place, Reception> places) {
        HttpServer server = new HttpServer(config, places);
        server.entrances.forEach(Entrance::open);
        return server;
    }

    private ChannelHandler clients(Reception reception) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                prepare(channel, reception);
            }
        };
    }

    private void prepare(Channel channel, Reception reception) {
        if (closed || clients.size() >= config.maxConnections()) {
            channel.close();
            return;
        }
        clients.add(channel);
        // who has asked everything may say so, and still wants the answer
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        HttpDecoderConfig bounds = new HttpDecoderConfig().setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(LONGEST_HEADERS).setValidateHeaders(true);
        Conversation conversation = new Conversation(reception, workers, config.patience());
        channel.pipeline().addLast(new Ear(conversation), new HttpServerCodec(bounds, MOST_IN_A_READ), new WholeRequest(),
                conversation);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        entrances.forEach(entrance -> entrance.close(END_MILLIS));
        workers.close(END_MILLIS);
        clients.close().awaitUninterruptibly(END_MILLIS);
        loop.shutdownGracefully(0, END_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(2 * END_MILLIS);
    }
}
