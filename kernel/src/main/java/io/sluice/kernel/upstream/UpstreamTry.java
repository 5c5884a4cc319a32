package io.sluice.kernel.upstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.sluice.kernel.relay.Intake;
import io.sluice.kernel.relay.Relay.Side;
import io.sluice.kernel.relay.Tail;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.TargetAddress;
import io.sluice.spi.protocol.UpstreamConnection;
import io.sluice.spi.protocol.UpstreamLayer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One try to connect one target: each of its addresses, then its layers, for a client's connection as for a probe. All
 * of it on one event loop.
 */
public final class UpstreamTry implements UpstreamConnection, Tail.Listener {

    private final Aim aim;
    private final EventLoop loop;
    private final Dial.Network network;
    private final Listener listener;
    private List<InetAddress> addresses = List.of();
    private int address;
    private int layer;
    private Channel channel;
    private Tail tail;
    private ScheduledFuture<?> deadline;
    private boolean done;
    private boolean won;

    /**
     * What is tried.
     *
     * @param target    where
     * @param layers    opened once it is connected, outermost first
     * @param connect   deadline of the connection; zero = none
     * @param handshake deadline of the layers; zero = none
     * @param client    whose connection it is; empty for a probe
     * @param id        the connection's id, or the probe's
     */
    public record Aim(TargetAddress target, List<UpstreamLayer> layers, Duration connect, Duration handshake,
            Optional<ClientFacts> client, String id) {
    }

    /** How far a failed try came. */
    public enum Fault {
        /** The target did not take the connection, or its layers did not open. */
        TARGETS,
        /** The gateway could not even try: it has no descriptor left, for example. Says nothing of the target. */
        OURS
    }

    /** Who is told how it ended. Exactly one call of the first two, on the event loop, unless the try was abandoned. */
    public interface Listener {

        /** Connected, and all layers are open. */
        void opened(Channel channel, Tail tail);

        /** The channel, if there was one, is closing; the next one may be made a turn later. */
        void failed(String reason, Fault fault);

        /** Events of the opened channel from then on. */
        Tail.Listener events();
    }

    public UpstreamTry(Aim aim, EventLoop loop, Dial.Network network, Listener listener) {
        this.aim = aim;
        this.loop = loop;
        this.network = network;
        this.listener = listener;
    }

    /** Begins. */
    public void start() {
        limit(aim.connect(), "no answer within ");
        network.names().apply(aim.target().host()).whenComplete((found, error) -> {
            if (loop.inEventLoop()) {
                resolved(found, error);
            } else {
                loop.execute(() -> resolved(found, error));
            }
        });
    }

    private void limit(Duration time, String what) {
        if (!time.isZero()) {
            deadline = loop.schedule(() -> failed(what + time.toMillis() + " ms", Fault.TARGETS), time.toNanos(),
                    TimeUnit.NANOSECONDS);
        }
    }

    private void resolved(List<InetAddress> found, Throwable error) {
        if (done) {
            return;
        }
        if (error != null) {
            failed(String.valueOf(error.getMessage()), Fault.TARGETS);
            return;
        }
        addresses = found;
        connect();
    }

    private void connect() {
        if (done) {
            return;
        }
        Channel fresh;
        try {
            fresh = network.transport().client().newChannel();
        } catch (RuntimeException e) {
            failed("the gateway cannot make a socket: " + (e.getCause() == null ? e : e.getCause()).getMessage(), Fault.OURS);
            return;
        }
        channel = fresh;
        tail = new Tail(Side.UPSTREAM, this);
        Intake.prepare(fresh);
        fresh.config().setOption(ChannelOption.TCP_NODELAY, true);
        fresh.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        fresh.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        fresh.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, share());
        fresh.pipeline().addLast(Tail.NAME, tail);
        loop.register(fresh);
        fresh.connect(new InetSocketAddress(addresses.get(address), aim.target().port()))
                .addListener((ChannelFuture connected) -> connected(fresh, connected));
    }

    /** Of the deadline, so that an address that swallows packets leaves time for the next; the last one has all that is left. */
    private int share() {
        boolean last = address == addresses.size() - 1;
        return last || aim.connect().isZero() ? 0
                : (int) Math.min(Integer.MAX_VALUE, Math.max(1, aim.connect().toMillis() / addresses.size()));
    }

    private void connected(Channel fresh, ChannelFuture connected) {
        if (done || fresh != channel) {
            fresh.close();
        } else if (connected.isSuccess()) {
            openLayers();
        } else if (++address < addresses.size()) {
            fresh.close();
            // a closed channel is deregistered a turn later, by its descriptor; a new one that got the same number in
            // the meantime would lose its registration
            loop.execute(this::connect);
        } else {
            failed(String.valueOf(connected.cause().getMessage()), Fault.TARGETS);
        }
    }

    private void openLayers() {
        cancelDeadline();
        openLayer();
        if (!done && deadline == null) {
            limit(aim.handshake(), "handshake not finished within ");
            Intake.more(channel);
        }
    }

    private void openLayer() {
        if (layer == aim.layers().size()) {
            done = true;
            won = true;
            cancelDeadline();
            listener.opened(channel, tail);
            return;
        }
        UpstreamLayer opening = aim.layers().get(layer++);
        try {
            opening.open(this);
        } catch (Throwable e) {
            failed("layer " + opening.getClass().getName() + " failed: " + e, Fault.TARGETS);
        }
    }

    private void failed(String reason, Fault fault) {
        if (!done) {
            abandon();
            listener.failed(reason, fault);
        }
    }

    /** Gives up; nobody is told. Does nothing once the listener was told. */
    public void abandon() {
        if (done) {
            return;
        }
        done = true;
        cancelDeadline();
        if (channel != null) {
            tail.discard();
            channel.close();
        }
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    /** Whether the connection itself stands, so that only layers are missing. */
    public boolean isConnected() {
        return layer > 0;
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public TargetAddress target() {
        return aim.target();
    }

    @Override
    public Optional<ClientFacts> client() {
        return aim.client();
    }

    @Override
    public String id() {
        return aim.id();
    }

    @Override
    public void add(ChannelHandler handler) {
        tail.addLayer(handler);
    }

    @Override
    public void proceed() {
        if (!done) {
            openLayer();
        }
    }

    @Override
    public void fail(String reason) {
        failed(reason, Fault.TARGETS);
    }

    @Override
    public void endedEarly(Side side) {
        if (won) {
            listener.events().endedEarly(side);
        } else {
            failed("closed by the target before its layers were open", Fault.TARGETS);
        }
    }

    @Override
    public void failed(Side side, Throwable cause) {
        if (won) {
            listener.events().failed(side, cause);
        } else {
            failed(String.valueOf(cause.getMessage()), Fault.TARGETS);
        }
    }

    @Override
    public void closed(Side side) {
        if (won) {
            listener.events().closed(side);
        } else if (!done && (channel.isRegistered() || !channel.isOpen())) {
            failed("closed by the target", Fault.TARGETS);
        }
    }
}
