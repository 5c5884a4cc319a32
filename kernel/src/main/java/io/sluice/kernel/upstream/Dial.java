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
import io.sluice.spi.balancer.Target;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.connection.TargetAddress;
import io.sluice.spi.protocol.UpstreamConnection;
import io.sluice.spi.protocol.UpstreamLayer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Finds a target for one connection: picks, resolves, connects, opens the layers; on failure the next one, as often as
 * the service's rules say. All of it on the connection's event loop.
 */
public final class Dial {

    private final RunningService service;
    private final ClientFacts client;
    private final String id;
    private final EventLoop loop;
    private final Transport transport;
    private final HostNames names;
    private final Listener listener;
    private final List<Target> attempted = new ArrayList<>(2);
    private int tries;
    private String lastFailure = "no target may take connections";
    private Try current;
    private boolean over;

    /** Who is told how it ended. Exactly one call, on the event loop. */
    public interface Listener {

        /** Connected, and all layers are open. The target counts this connection until {@link LiveTarget} is released. */
        void connected(Connected connected);

        /** No target could be connected. */
        void failed(Refusal refusal);

        /** Events of the connected channel from then on. */
        Tail.Listener events();
    }

    /**
     * A connected target.
     *
     * @param target  the target
     * @param channel its channel
     * @param tail    the inner end of its pipeline
     */
    public record Connected(LiveTarget target, Channel channel, Tail tail) {

        /** Ends the target's count of this connection. */
        public void release() {
            target.closed();
        }
    }

    /**
     * @param id the connection's id
     */
    public Dial(RunningService service, ClientFacts client, String id, EventLoop loop, Network network,
            Listener listener) {
        this.service = service;
        this.client = client;
        this.id = id;
        this.loop = loop;
        this.transport = network.transport();
        this.names = network.names();
        this.listener = listener;
    }

    /**
     * What dialling needs of the machine.
     *
     * @param transport makes channels
     * @param names     resolves host names
     */
    public record Network(Transport transport, HostNames names) {
    }

    /** Begins. */
    public void start() {
        next();
    }

    /** How many targets were tried. */
    public int tries() {
        return tries;
    }

    /** Gives up; nobody is told. */
    public void cancel() {
        over = true;
        if (current != null) {
            current.abandon();
        }
    }

    private void next() {
        LiveTarget target;
        try {
            target = tries < service.plan().rules().tries() ? pick() : null;
        } catch (Throwable e) {
            over = true;
            listener.failed(new Refusal(CloseReason.INTERNAL_ERROR, "the balancer failed: " + e));
            return;
        }
        if (target == null) {
            over = true;
            listener.failed(new Refusal(tries == 0 ? CloseReason.NO_TARGET : CloseReason.CONNECT_FAILED, lastFailure));
            return;
        }
        tries++;
        attempted.add(target);
        current = new Try(target);
        current.start();
    }

    /** Never the same target twice while another is left. */
    private LiveTarget pick() {
        LiveTarget target = service.pick(attempted::contains, client);
        if (target == null && !attempted.isEmpty()) {
            attempted.clear();
            target = service.pick(attempted::contains, client);
        }
        return target;
    }

    /** One try: one target, each of its addresses, its layers. */
    private final class Try implements UpstreamConnection, Tail.Listener {

        private final LiveTarget target;
        private List<InetAddress> addresses = List.of();
        private int address;
        private int layer;
        private Channel channel;
        private Tail tail;
        private ScheduledFuture<?> deadline;
        private boolean done;
        private boolean won;

        Try(LiveTarget target) {
            this.target = target;
        }

        void start() {
            target.opened();
            long connect = service.plan().rules().connect().toMillis();
            if (connect > 0) {
                deadline = loop.schedule(() -> failed("no answer within " + connect + " ms"), connect, TimeUnit.MILLISECONDS);
            }
            names.resolve(target.address().host()).whenComplete((found, error) -> {
                if (loop.inEventLoop()) {
                    resolved(found, error);
                } else {
                    loop.execute(() -> resolved(found, error));
                }
            });
        }

        private void resolved(List<InetAddress> found, Throwable error) {
            if (done) {
                return;
            }
            if (error != null) {
                failed(String.valueOf(error.getMessage()));
                return;
            }
            addresses = found;
            connect();
        }

        private void connect() {
            if (done) {
                return;
            }
            Channel fresh = transport.client().newChannel();
            channel = fresh;
            tail = new Tail(Side.UPSTREAM, this);
            Intake.prepare(fresh);
            fresh.config().setOption(ChannelOption.TCP_NODELAY, true);
            fresh.config().setOption(ChannelOption.SO_KEEPALIVE, true);
            fresh.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
            fresh.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
            fresh.pipeline().addLast(Tail.NAME, tail);
            loop.register(fresh);
            fresh.connect(new InetSocketAddress(addresses.get(address), target.address().port()))
                    .addListener((ChannelFuture connected) -> connected(fresh, connected));
        }

        private void connected(Channel fresh, ChannelFuture connected) {
            if (done || fresh != channel) {
                fresh.close();
            } else if (connected.isSuccess()) {
                openLayers();
            } else if (++address < addresses.size()) {
                fresh.close();
                afterClose(this::connect);
            } else {
                failed(String.valueOf(connected.cause().getMessage()));
            }
        }

        private void openLayers() {
            cancelDeadline();
            openLayer();
            if (!done && deadline == null) {
                long handshake = service.plan().rules().upstreamHandshake().toMillis();
                if (handshake > 0) {
                    deadline = loop.schedule(() -> failed("handshake not finished within " + handshake + " ms"), handshake,
                            TimeUnit.MILLISECONDS);
                }
                Intake.more(channel);
            }
        }

        private void openLayer() {
            List<UpstreamLayer> layers = service.layers(target);
            if (layer == layers.size()) {
                done = true;
                won = true;
                cancelDeadline();
                listener.connected(new Connected(target, channel, tail));
                return;
            }
            UpstreamLayer opening = layers.get(layer++);
            try {
                opening.open(this);
            } catch (Throwable e) {
                failed("layer " + opening.getClass().getName() + " failed: " + e);
            }
        }

        private void failed(String reason) {
            if (done) {
                return;
            }
            abandon();
            lastFailure = target.address() + ": " + reason;
            if (!over) {
                afterClose(Dial.this::next);
            }
        }

        /**
         * A closed channel is deregistered a turn later, by its descriptor; a new one that got the same number in the
         * meantime would lose its registration.
         */
        private void afterClose(Runnable then) {
            loop.execute(() -> {
                if (!over) {
                    then.run();
                }
            });
        }

        void abandon() {
            if (done) {
                return;
            }
            done = true;
            cancelDeadline();
            target.closed();
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

        @Override
        public Channel channel() {
            return channel;
        }

        @Override
        public TargetAddress target() {
            return target.address();
        }

        @Override
        public Optional<ClientFacts> client() {
            return Optional.of(client);
        }

        @Override
        public String id() {
            return id;
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
            failed(reason);
        }

        @Override
        public void endedEarly(Side side) {
            failed("closed by the target before its layers were open");
        }

        @Override
        public void failed(Side side, Throwable cause) {
            if (won) {
                listener.events().failed(side, cause);
            } else if (!done) {
                failed(String.valueOf(cause.getMessage()));
            }
        }

        @Override
        public void closed(Side side) {
            if (won) {
                listener.events().closed(side);
            } else if (!done && (channel.isRegistered() || !channel.isOpen())) {
                failed("closed by the target");
            }
        }
    }
}
