package io.sluice.kernel.session;

import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import io.sluice.kernel.plan.ConnectionRules;
import io.sluice.kernel.relay.Relay;
import io.sluice.spi.connection.CloseReason;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The one timer of a session: first the preamble's deadline, then, while bytes flow, silence and lifetime. All of it on
 * the client channel's event loop.
 */
final class SessionDeadlines {

    private static final long SHORTEST_WAIT = 1_000_000;

    /** Whoever ends what is over. */
    interface Expiry {

        void over(CloseReason reason, String detail);
    }

    private final Channel client;
    private final long accepted;
    private final Expiry expiry;
    private ScheduledFuture<?> timer;

    /**
     * Makes those of a session that has just been accepted.
     *
     * @param accepted when, in {@link System#nanoTime()}
     */
    SessionDeadlines(Channel client, long accepted, Expiry expiry) {
        this.client = client;
        this.accepted = accepted;
        this.expiry = expiry;
    }

    /** The preamble's deadline, counted from accept, in place of the one before; zero = none. */
    void limitPreamble(Duration limit) {
        cancel();
        if (!limit.isZero()) {
            after(limit.toNanos() - age(), () -> expiry.over(CloseReason.HANDSHAKE_TIMEOUT,
                    "not finished within " + limit.toMillis() + " ms"));
        }
    }

    /** From now on what the rules say of a relay. One task that finds out when it is needed next: nothing per read. */
    void watch(ConnectionRules rules, Relay relay) {
        long age = age();
        long lifetime = rules.maxLifetime().toNanos();
        if (lifetime > 0 && age >= lifetime) {
            expiry.over(CloseReason.MAX_LIFETIME, "");
            return;
        }
        long idle = rules.idle().toNanos();
        long halfClosed = rules.halfClosed().toNanos();
        boolean half = relay.isHalfClosed() && halfClosed > 0 && (idle == 0 || halfClosed < idle);
        long silence = half ? halfClosed : idle;
        long silent = System.nanoTime() - relay.lastActivity();
        if (silence > 0 && silent >= silence) {
            expiry.over(half ? CloseReason.HALF_CLOSED_TIMEOUT : CloseReason.IDLE_TIMEOUT, "");
            return;
        }
        long next = Long.MAX_VALUE;
        if (silence > 0) {
            next = silence - silent;
        }
        if (!half && halfClosed > 0) {
            // the end of a direction schedules nothing; it is noticed here, in time
            next = Math.min(next, halfClosed);
        }
        if (lifetime > 0) {
            next = Math.min(next, lifetime - age);
        }
        if (next < Long.MAX_VALUE) {
            after(Math.max(next, SHORTEST_WAIT), () -> watch(rules, relay));
        }
    }

    /** Nothing is over any more. */
    void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private long age() {
        return System.nanoTime() - accepted;
    }

    private void after(long nanos, Runnable task) {
        timer = client.eventLoop().schedule(task, nanos, TimeUnit.NANOSECONDS);
    }
}
