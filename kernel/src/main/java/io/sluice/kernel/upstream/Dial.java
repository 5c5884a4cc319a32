package io.sluice.kernel.upstream;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.sluice.kernel.plan.ConnectionRules;
import io.sluice.kernel.relay.Relay.Side;
import io.sluice.kernel.relay.Tail;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.Refusal;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Finds a target for one connection: picks one and tries to connect it; on failure the next one, as often as the
 * service's rules say. All of it on the connection's event loop.
 */
public final class Dial {

    /** Of a connection that nobody wants any more. */
    private static final Tail.Listener NOBODY = new Tail.Listener() {
        @Override
        public void endedEarly(Side side) {
        }

        @Override
        public void failed(Side side, Throwable cause) {
        }

        @Override
        public void closed(Side side) {
        }
    };

    private static final String OUT = "it may not take connections any more";

    private final RunningService service;
    private final ClientFacts client;
    private final String id;
    private final EventLoop loop;
    private final Network network;
    private final Listener listener;
    private final List<Target> attempted = new ArrayList<>(2);
    private int tries;
    private String lastFailure = "no target may take connections";
    private Attempt current;
    private ScheduledFuture<?> patience;
    private boolean over;

    /** Who is told how it ended. Exactly one call, on the event loop. */
    public interface Listener {

        /** Connected, and all layers are open. The target counts this connection until {@link Connected#release}. */
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
     * What dialling needs of the machine.
     *
     * @param transport makes channels
     * @param names     the addresses of a host, best first; never waits, and its stage may complete on any thread
     */
    public record Network(Transport transport, Function<String, CompletionStage<List<InetAddress>>> names) {
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
        this.network = network;
        this.listener = listener;
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
        cancelPatience();
        if (current != null) {
            current.abandon();
        }
    }

    private void next() {
        LiveTarget target;
        try {
            target = tries < rules().tries() ? pick() : null;
        } catch (Throwable e) {
            fail(CloseReason.INTERNAL_ERROR, "the balancer failed: " + e);
            return;
        }
        if (target != null) {
            cancelPatience();
            tries++;
            attempted.add(target);
            current = new Attempt(target);
            current.start();
        } else if (tries == 0 && service.state().isAwaited()) {
            waitForFirstResult();
        } else {
            fail(tries == 0 ? CloseReason.NO_TARGET : CloseReason.CONNECT_FAILED, lastFailure);
        }
    }

    private ConnectionRules rules() {
        return service.plan().rules();
    }

    private void fail(CloseReason reason, String detail) {
        over = true;
        cancelPatience();
        listener.failed(new Refusal(reason, detail));
    }

    /** Never the same target twice while another is left. */
    private LiveTarget pick() {
        LiveTarget target = service.pick(this::isExcluded, client);
        if (target == null && !attempted.isEmpty()) {
            attempted.clear();
            target = service.pick(this::isExcluded, client);
        }
        return target;
    }

    private boolean isExcluded(Target target) {
        return attempted.contains(target) || !((LiveTarget) target).isAdmitted();
    }

    /** Nobody knows yet which targets are healthy: the first answer decides, or the deadline of a connect. */
    private void waitForFirstResult() {
        if (patience == null && !rules().connect().isZero()) {
            patience = loop.schedule(() -> fail(CloseReason.NO_TARGET, "no health check had a result within "
                    + rules().connect().toMillis() + " ms"), rules().connect().toNanos(), TimeUnit.NANOSECONDS);
        }
        service.state().onceDecided(() -> loop.execute(() -> {
            if (!over && current == null) {
                next();
            }
        }));
    }

    private void cancelPatience() {
        if (patience != null) {
            patience.cancel(false);
            patience = null;
        }
    }

    /** One target's turn. */
    private final class Attempt implements UpstreamTry.Listener, LiveTarget.Suitor {

        private final LiveTarget target;
        private final UpstreamTry running;
        private boolean counted = true;
        private boolean refused;

        Attempt(LiveTarget target) {
            this.target = target;
            this.running = new UpstreamTry(new UpstreamTry.Aim(target.address(), service.layers(target),
                    rules().connect(), rules().handshake(), Optional.of(client), id), loop, network, this);
        }

        void start() {
            target.opened();
            target.suitors().add(this);
            if (target.isAdmitted()) {
                running.start();
            } else {
                again(OUT);
            }
        }

        @Override
        public void dismiss() {
            loop.execute(() -> {
                if (counted && !target.isAdmitted()) {
                    running.abandon();
                    again(OUT);
                }
            });
        }

        void abandon() {
            running.abandon();
            uncount();
        }

        private void uncount() {
            if (counted) {
                counted = false;
                target.suitors().remove(this);
                target.closed();
            }
        }

        @Override
        public void opened(Channel channel, Tail tail) {
            if (target.connectSucceeded()) {
                service.state().recovered(target);
            }
            if (!target.isAdmitted()) {
                // it lost its health, or an operator took it out, while it was being connected
                refused = true;
                tail.discard();
                channel.close();
                again(OUT);
                return;
            }
            counted = false;
            target.suitors().remove(this);
            listener.connected(new Connected(target, channel, tail));
        }

        @Override
        public void failed(String reason, UpstreamTry.Fault fault) {
            if (fault == UpstreamTry.Fault.TARGETS && target.connectFailed()) {
                service.state().failing(target);
            }
            again(reason);
        }

        private void again(String reason) {
            uncount();
            lastFailure = target.address() + ": " + reason;
            // a turn later: see UpstreamTry
            loop.execute(() -> {
                if (!over) {
                    next();
                }
            });
        }

        @Override
        public Tail.Listener events() {
            return refused ? NOBODY : listener.events();
        }
    }
}
