package io.sluice.kernel.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.sluice.kernel.plan.ListenAddress;
import io.sluice.kernel.relay.Intake;
import io.sluice.kernel.session.Session;
import io.sluice.kernel.session.Sessions;
import io.sluice.kernel.session.Slice;
import io.sluice.kernel.upstream.Transport;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts at one address, on a socket of its own or an inherited one. Keeps trying to open until it is closed, also when
 * its socket is closed underneath; nothing that goes wrong at accept ends it. What it accepts runs on the slice that is
 * current at that moment.
 */
public final class Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final long FIRST_RETRY_MILLIS = 1000;
    private static final long LONGEST_RETRY_MILLIS = 30_000;
    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private final ListenAddress address;
    private final ListeningSocket socket;
    private final EventLoop loop;
    private final EventLoopGroup workers;
    private final InheritedSockets inherited;
    private final Sessions sessions;
    private final AcceptBudget budget;
    private final Runnable changed;
    private final AtomicLong refused = new AtomicLong();
    private volatile Slice slice;
    private volatile State state = new State(false, "opening", "");
    private volatile boolean closed;
    private long retryMillis = FIRST_RETRY_MILLIS;
    private long pauseMillis = FIRST_PAUSE_MILLIS;

    /** How the reason begins where another process has the address. */
    public static final String TAKEN = "address already in use: another process";

    /**
     * Whether a listener accepts.
     *
     * @param open   whether it does
     * @param reason why not
     * @param hint   what to do about it
     */
    public record State(boolean open, String reason, String hint) {

        private static final State OPEN = new State(true, "", "");

        private static State failed(BindFailure failure) {
            return new State(false, failure.reason(), failure.hint());
        }
    }

    /**
     * What listeners share.
     *
     * @param workers   event loops for connections, and for accepting
     * @param transport makes channels
     * @param inherited sockets that need not be opened; only where NIO is the transport
     * @param sessions  takes the connections
     * @param budget    of the whole gateway
     */
    public record Shared(EventLoopGroup workers, Transport transport, InheritedSockets inherited, Sessions sessions,
            AcceptBudget budget) {
    }

    /**
     * @param slice   what connections run on; held by the caller
     * @param changed called after each change of state, on an event loop
     */
    public Listener(ListenAddress address, Slice slice, Shared shared, Runnable changed) {
        this.address = address;
        this.slice = slice;
        this.workers = shared.workers();
        this.inherited = shared.inherited();
        this.socket = inherited.serving(address).<ListeningSocket>map(found -> found.on(workers))
                .orElseGet(() -> new OwnSocket(address, shared.transport(), workers.next()));
        this.loop = socket.loop();
        this.sessions = shared.sessions();
        this.budget = shared.budget();
        this.changed = changed;
    }

    /** Opens it: when this returns it is open, or has failed for the first time. Control thread. */
    public void open() {
        CountDownLatch settled = new CountDownLatch(1);
        loop.execute(() -> bind(settled));
        awaitQuietly(settled);
    }

    /** What connections run on from now on. */
    public void slice(Slice now) {
        slice = now;
    }

    public State state() {
        return state;
    }

    /**
     * Accepts no more; connections go on. Returns when the port is free. What was accepted before is served: on an
     * inherited socket every connection that is not, is the next process's.
     */
    public void close() {
        CountDownLatch settled = new CountDownLatch(1);
        loop.execute(() -> {
            closed = true;
            socket.close().addListener(done -> settled.countDown());
        });
        awaitQuietly(settled);
        // an event loop that hangs must not accept later: nobody holds the slice any more
        closed = true;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void bind(CountDownLatch settled) {
        if (closed) {
            settled.countDown();
            return;
        }
        socket.open(new Accept()).addListener(opened -> {
            settle(opened);
            settled.countDown();
        });
    }

    private void settle(Future<?> opened) {
        if (opened.isSuccess()) {
            retryMillis = FIRST_RETRY_MILLIS;
            become(State.OPEN);
            LOG.info("listening on {}{}", address, socket instanceof InheritedSocket ? " by the inherited socket " + socket : "");
        } else {
            become(State.failed(BindFailure.of(address, opened.cause(), inherited.blocking(address))));
            tryAgainLater();
        }
    }

    private void tryAgainLater() {
        loop.schedule(() -> bind(new CountDownLatch(1)), retryMillis, TimeUnit.MILLISECONDS);
        retryMillis = Math.min(retryMillis * 2, LONGEST_RETRY_MILLIS);
    }

    /** Someone else has closed the socket. */
    private void lost() {
        if (!closed) {
            become(State.failed(BindFailure.closedUnderneath()));
            tryAgainLater();
        }
    }

    private void become(State now) {
        boolean differs = !now.equals(state);
        state = now;
        if (differs) {
            changed.run();
        }
    }

    /** Takes a place in the current slice; the slice may be exchanged at any moment. */
    private Slice pin() {
        Slice now = slice;
        while (!now.retain()) {
            now = slice;
        }
        return now;
    }

    private void accept(Channel client) {
        if (closed || !budget.admits()) {
            client.unsafe().closeForcibly();
            refusedOne();
            return;
        }
        Slice pinned = pin();
        Intake.prepare(client);
        client.config().setOption(ChannelOption.TCP_NODELAY, true);
        client.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        client.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        Session session = new Session(sessions, pinned, client, budget::release);
        // listened to before it can be kept, so that the session opens before any event reaches it; on whichever thread
        // keeps or refuses it, because a channel that is refused may have no event loop
        ChannelPromise registered = new DefaultChannelPromise(client, ImmediateEventExecutor.INSTANCE);
        registered.addListener(done -> {
            if (done.isSuccess()) {
                session.open();
            } else {
                LOG.warn("a connection to {} cannot be served: {}", address, done.cause().toString());
                session.abandon();
            }
        });
        workers.register(registered);
    }

    /** Summed: one line a second at most, however many there are. */
    private void refusedOne() {
        if (refused.getAndIncrement() == 0) {
            loop.schedule(() -> {
                long count = refused.getAndSet(0);
                LOG.warn("{} connections to {} were closed at accept: the gateway is over a limit", count, address);
                sessions.observers().tell(observer -> observer.refusedAtAccept(address.toString(), count));
            }, 1, TimeUnit.SECONDS);
        }
    }

    /** Takes accepted channels, and lets no error end the listener. */
    private final class Accept extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            pauseMillis = FIRST_PAUSE_MILLIS;
            accept((Channel) accepted);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            lost();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.warn("accepting on {} failed: {}; pausing for {} ms", address, cause.toString(), pauseMillis);
            Intake.pause(context.channel(), pauseMillis, () -> !closed);
            pauseMillis = Math.min(pauseMillis * 2, LONGEST_PAUSE_MILLIS);
        }
    }
}
