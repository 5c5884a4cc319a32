package io.sluice.kernel.session;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.sluice.kernel.plan.ServicePlan;
import io.sluice.kernel.plugin.Generation;
import io.sluice.kernel.relay.BufferRelay;
import io.sluice.kernel.relay.Intake;
import io.sluice.kernel.relay.Relay.Side;
import io.sluice.kernel.relay.Relay;
import io.sluice.kernel.relay.Tail;
import io.sluice.kernel.session.Phase.Connecting;
import io.sluice.kernel.session.Phase.Ended;
import io.sluice.kernel.session.Phase.Opening;
import io.sluice.kernel.session.Phase.Relaying;
import io.sluice.kernel.session.SessionRecord.Parties;
import io.sluice.kernel.upstream.Dial;
import io.sluice.kernel.upstream.LiveTarget;
import io.sluice.kernel.upstream.RunningService;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.observer.ConnectionSummary.Traffic;
import io.sluice.spi.observer.ConnectionSummary;
import io.sluice.spi.protocol.ClientLayer;
import io.sluice.spi.protocol.Routing;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection. Everything happens on the client channel's event loop, which the upstream channel shares, so there are
 * no locks and hardly anything is volatile; {@link #close(Refusal)} may be called from any thread.
 */
public final class Session implements Tail.Listener, Dial.Listener, Relay.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final AtomicIntegerFieldUpdater<Session> CLOSING = AtomicIntegerFieldUpdater.newUpdater(Session.class, "closing");

    private final Sessions sessions;
    private final Slice slice;
    private final Channel client;
    private final Runnable released;
    private final Tail tail;
    private final ClientSide clientSide;
    private final SessionRecord record;
    private final SessionDeadlines deadlines;
    private final long number;
    private Admission admission;
    private Phase phase = new Opening(-1);
    /** Read from other threads. Written before the target is asked whether it admits: see {@link #connected}. */
    private volatile LiveTarget target;
    private volatile int closing;

    /**
     * Makes the session of an accepted channel that is not registered yet.
     *
     * @param slice    held by the session until its end
     * @param released called once, at the end
     */
    public Session(Sessions sessions, Slice slice, Channel client, Runnable released) {
        this.sessions = sessions;
        this.slice = slice;
        this.client = client;
        this.released = released;
        this.tail = new Tail(Side.CLIENT, this);
        this.clientSide = new ClientSide(this, slice, client, tail);
        this.number = sessions.nextNumber();
        this.record = new SessionRecord(sessions.id(number), slice.plan().address().toString());
        this.deadlines = new SessionDeadlines(client, record.accepted(), this::end);
        client.pipeline().addLast(Tail.NAME, tail);
    }

    /** Begins; on the event loop, once the channel is registered. */
    public void open() {
        if (!clientSide.begin()) {
            client.close();
            phase = phase.ended();
            release();
            return;
        }
        sessions.opened(this);
        sessions.observers().tell(observer -> observer.opened(record.id(), clientSide.facts()));
        proceed();
        if (clientSide.service() == null) {
            limitPreamble(sessions.rules().handshake());
        }
        if (!(phase instanceof Ended)) {
            Intake.more(client);
        }
    }

    /** Ends it before it began: its channel was not registered and has no event loop. Instead of {@link #open}. */
    public void abandon() {
        phase = phase.ended();
        client.unsafe().closeForcibly();
        release();
    }

    /** The client leads to a service, which may have a deadline of its own for the preamble. */
    void routed(RunningService service) {
        Duration handshake = service.plan().rules().handshake();
        if (!handshake.equals(sessions.rules().handshake())) {
            limitPreamble(handshake);
        }
    }

    private void limitPreamble(Duration limit) {
        if (phase instanceof Opening) {
            deadlines.limitPreamble(limit);
        }
    }

    /** A layer is through: the next one, or the way to a target. */
    void proceed() {
        if (!(phase instanceof Opening opening)) {
            return;
        }
        Opening next = opening.next();
        phase = next;
        List<ClientLayer> layers = slice.plan().layers();
        if (next.layer() == layers.size()) {
            connect(next);
            return;
        }
        try {
            layers.get(next.layer()).open(clientSide);
        } catch (Throwable e) {
            LOG.error("layer {} failed", layers.get(next.layer()).getClass().getName(), e);
            end(CloseReason.INTERNAL_ERROR, "a layer failed");
        }
    }

    /** A layer wants no more of the client. */
    void refuse(Refusal refusal) {
        if (phase instanceof Opening) {
            end(refusal);
        }
    }

    private void connect(Opening opening) {
        if (clientSide.route() instanceof Routing.Unrouted unrouted) {
            end(CloseReason.NO_SERVICE, unrouted.reason());
            return;
        }
        deadlines.cancel();
        RunningService service = clientSide.service();
        ClientFacts facts = clientSide.facts();
        record.routedNow();
        admission = new Admission(service, sessions.counts(), facts);
        // the service may have changed while the layers opened, and this client may no longer be welcome
        Refusal refusal = refusedByChange().orElseGet(
                () -> admission.decide(facts, sessions.rules().maxConnectionsPerIp()));
        if (refusal != null) {
            end(refusal);
            return;
        }
        ServiceInfo info = service.plan().info();
        sessions.observers().tell(observer -> observer.routed(record.id(), facts, info));
        Dial dial = new Dial(service, facts, record.id(), client.eventLoop(), sessions.network(), this);
        phase = opening.connecting(service, dial);
        dial.start();
    }

    @Override
    public void connected(Dial.Connected upstream) {
        if (!(phase instanceof Connecting connecting)) {
            upstream.channel().close();
            upstream.release();
            return;
        }
        record.connectedNow();
        target = upstream.target();
        Relay relay = new BufferRelay(client, upstream.channel(), this);
        Relaying relaying = connecting.relaying(upstream, relay);
        phase = relaying;
        // whoever takes a target out first says so and then closes its connections: either this one is among them
        // already, or what was said is seen here
        if (!target.isAdmitted()) {
            end(CloseReason.TARGET_DOWN, "it may not take connections any more");
            return;
        }
        sessions.observers().tell(observer ->
                observer.connected(record.id(), clientSide.service().plan().info(), upstream.target()));
        tail.attach(relay);
        upstream.tail().attach(relay);
        if (phase == relaying) {
            deadlines.watch(clientSide.service().plan().rules(), relay);
        }
    }

    @Override
    public void failed(Refusal refusal) {
        end(refusal);
    }

    @Override
    public Tail.Listener events() {
        return this;
    }

    @Override
    public void relayed(CloseReason reason) {
        end(reason, "");
    }

    @Override
    public void endedEarly(Side side) {
        if (side == Side.CLIENT && phase instanceof Opening) {
            end(CloseReason.CLIENT_LEFT, "the client ended its stream within the preamble");
        }
    }

    @Override
    public void failed(Side side, Throwable cause) {
        if (phase instanceof Ended) {
            return;
        }
        if (!(cause instanceof IOException lost)) {
            LOG.error("a handler of connection {} failed", record.id(), cause);
            end(CloseReason.INTERNAL_ERROR, "a handler failed");
            return;
        }
        if (phase instanceof Relaying relaying) {
            reset(side == Side.CLIENT ? relaying.channel() : client);
        }
        end(Failure.named(side, phase instanceof Relaying, lost));
    }

    /** A RST travels as a RST. */
    private static void reset(Channel channel) {
        // an option of a closed socket cannot be set
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
    }

    /**
     * While bytes flow nobody here closes a socket. Netty does, when it cannot be written to any more, and a layer may
     * have kept the failure to itself: TLS does. TLS also closes one whose peer has said all: that is delivered first.
     */
    @Override
    public void closed(Side side) {
        if (phase instanceof Relaying relaying) {
            if (!relaying.relay().gone(side)) {
                failed(side, new ClosedChannelException());
            }
        } else if (!(phase instanceof Ended) && side == Side.CLIENT) {
            end(CloseReason.CLIENT_LEFT, "");
        }
    }

    /** Ends the session; from any thread, any number of times. Answers whether nobody has asked for it before. */
    public boolean close(Refusal why) {
        if (!CLOSING.compareAndSet(this, 0, 1)) {
            return false;
        }
        if (client.eventLoop().inEventLoop()) {
            end(why);
        } else {
            client.eventLoop().execute(() -> end(why));
        }
        return true;
    }

    /** Whether somebody has asked for its end, which takes a moment. Any thread. */
    public boolean isClosing() {
        return closing != 0;
    }

    /** Ends the session if its service, which has changed, no longer admits the client. Any thread. */
    public void readmit() {
        client.eventLoop().execute(() -> {
            if (phase instanceof Connecting || phase instanceof Relaying) {
                refusedByChange().ifPresent(this::end);
            }
        });
    }

    /** Whether it would end if this became the plan of its service. Read from any thread, so perhaps a moment old. */
    public boolean isRefusedBy(ServicePlan next) {
        Phase now = phase;
        return (now instanceof Connecting || now instanceof Relaying) && next.client().admit(clientSide.facts()).isPresent();
    }

    private Optional<Refusal> refusedByChange() {
        ServicePlan newest = clientSide.service().state().plan();
        return newest == null || newest == clientSide.service().plan() ? Optional.empty() : newest.client().admit(clientSide.facts());
    }

    private void end(CloseReason reason, String detail) {
        end(new Refusal(reason, detail));
    }

    private void end(Refusal why) {
        Phase last = phase;
        if (last instanceof Ended) {
            return;
        }
        phase = last.ended();
        deadlines.cancel();
        // who sees the end, or is told of it, finds the place free
        if (admission != null) {
            admission.release();
        }
        tail.discard();
        Phase.Outcome outcome = last.letGo();
        if (last instanceof Relaying) {
            client.close();
        } else {
            clientSide.closeAfterLastWords();
        }
        try {
            tell(outcome, why);
        } finally {
            sessions.ended(this);
            release();
        }
    }

    private void tell(Phase.Outcome outcome, Refusal why) {
        Parties parties = new Parties(clientSide.facts(), Optional.ofNullable(clientSide.service()).map(service -> service.plan().info()),
                outcome.target().map(LiveTarget::address));
        ConnectionSummary summary = record.summary(parties, outcome.traffic(), outcome.tries(), why);
        sessions.observers().tell(observer -> observer.closed(summary));
    }

    private void release() {
        clientSide.release();
        slice.release();
        released.run();
    }

    /** The id of its service; empty before it is routed. Read from any thread, so perhaps a moment old. */
    public Optional<String> serviceId() {
        RunningService now = clientSide.service();
        return now == null ? Optional.empty() : Optional.of(now.plan().info().id());
    }

    /** The target that it is connected to; empty before. Any thread. */
    public Optional<LiveTarget> target() {
        return Optional.ofNullable(target);
    }

    /** What it has relayed so far. Read from any thread, so perhaps a moment old. */
    public Traffic traffic() {
        return phase.traffic();
    }

    /** What operators see of it. Read from any thread, so perhaps a moment old. */
    public SessionStatus status() {
        return new SessionStatus(record.id(), record.listener(), record.time(), clientSide.facts(), serviceId(), target(),
                traffic());
    }

    /** Whether its path runs through one of these plugins. Read from any thread, so perhaps a moment old. */
    public boolean runsThrough(Set<Generation> generations) {
        RunningService now = clientSide.service();
        return !Collections.disjoint(slice.plan().generations(), generations)
                || now != null && !Collections.disjoint(now.plan().generations(), generations);
    }

    /** Its place among the sessions of this process: younger ones have higher numbers. */
    public long number() {
        return number;
    }

    /** What is known about the client. Read from any thread, so perhaps a moment old. */
    public ClientFacts facts() {
        return clientSide.facts();
    }

    /** Its id, as in its access record. */
    public String id() {
        return record.id();
    }

    @Override
    public String toString() {
        return record.id();
    }
}
