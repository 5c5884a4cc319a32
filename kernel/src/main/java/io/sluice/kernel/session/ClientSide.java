package io.sluice.kernel.session;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import io.sluice.kernel.plan.ServicePlan;
import io.sluice.kernel.relay.Tail;
import io.sluice.kernel.upstream.RunningService;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.connection.SocketPeer;
import io.sluice.spi.protocol.ClientConnection;
import io.sluice.spi.protocol.Routing;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A session as its client-side layers see it: what is known of the client, and the service that it leads to. */
final class ClientSide implements ClientConnection {

    private static final long LINGER_MILLIS = 2000;

    private final Session session;
    private final Slice slice;
    private final Channel channel;
    private final Tail tail;
    private ClientFacts facts;
    private RunningService service;

    ClientSide(Session session, Slice slice, Channel channel, Tail tail) {
        this.session = session;
        this.slice = slice;
        this.channel = channel;
        this.tail = tail;
    }

    /** Looks at the socket; answers whether it is one between two addresses, still connected. */
    boolean begin() {
        if (!(channel.remoteAddress() instanceof InetSocketAddress remote)
                || !(channel.localAddress() instanceof InetSocketAddress local)) {
            return false;
        }
        facts = ClientFacts.of(new SocketPeer(remote, local));
        return true;
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public ClientFacts facts() {
        return facts;
    }

    @Override
    public void learn(ClientFacts learnt) {
        facts = learnt;
    }

    @Override
    public void add(ChannelHandler handler) {
        tail.addLayer(handler);
    }

    @Override
    public Routing route() {
        if (service == null) {
            Optional<ServicePlan> chosen = slice.plan().router()
                    .route(facts.serverName(), facts.alpnOffers());
            if (chosen.isEmpty()) {
                return new Routing.Unrouted(facts.serverName().map(name -> "no service answers to " + name)
                        .orElse("no service answers without a server name"));
            }
            RunningService found = slice.service(chosen.get());
            if (found.isShut() || !found.retain()) {
                return new Routing.Unrouted("service " + found.plan().info().id() + " was removed");
            }
            service = found;
            session.routed(found);
        }
        return new Routing.Routed(service.plan().info());
    }

    @Override
    public void proceed() {
        session.proceed();
    }

    @Override
    public void refuse(Refusal refusal) {
        session.refuse(Objects.requireNonNull(refusal, "refusal"));
    }

    /** The service that it leads to; {@code null} before. Read from other threads, so perhaps a moment old. */
    RunningService service() {
        return service;
    }

    /**
     * What a layer wrote before it refused, or writes while it does (an alert), goes out first; a client that does not
     * read it has a moment. What waits for the socket is flushed past the layers: one in the middle of a handshake would
     * keep it until its end.
     */
    void closeAfterLastWords() {
        if (!channel.isActive()) {
            channel.close();
            return;
        }
        ScheduledFuture<?> guard = channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
        // not at once: TLS tells of a failure first, and then writes its alert
        channel.eventLoop().execute(() -> flushAndClose().addListener(done -> guard.cancel(false)));
    }

    private ChannelFuture flushAndClose() {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        return first == null ? channel.close()
                : first.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    void release() {
        if (service != null) {
            service.release();
        }
    }
}
