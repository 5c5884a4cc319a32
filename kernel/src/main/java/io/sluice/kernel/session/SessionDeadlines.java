package io.sluice.kernel.session;

import io.sluice.kernel.plan.ConnectionRules;
import io.sluice.kernel.relay.Relay;
import io.sluice.spi.connection.CloseReason;

/** Whether a relaying session's time is over, and if not, when to ask again. */
final class SessionDeadlines {

    /**
     * The answer.
     *
     * @param reason    why it is over; {@code null} if it is not
     * @param nextNanos when to ask again, from now; 0 = never
     */
    record Verdict(CloseReason reason, long nextNanos) {
    }

    private SessionDeadlines() {
    }

    static Verdict judge(ConnectionRules rules, Relay relay, long accepted) {
        long now = System.nanoTime();
        long idle = rules.idle().toNanos();
        long halfClosed = rules.halfClosed().toNanos();
        long lifetime = rules.maxLifetime().toNanos();
        if (lifetime > 0 && now - accepted >= lifetime) {
            return new Verdict(CloseReason.MAX_LIFETIME, 0);
        }
        boolean half = relay.isHalfClosed() && halfClosed > 0 && (idle == 0 || halfClosed < idle);
        long silence = half ? halfClosed : idle;
        long silent = now - relay.lastActivity();
        if (silence > 0 && silent >= silence) {
            return new Verdict(half ? CloseReason.HALF_CLOSED_TIMEOUT : CloseReason.IDLE_TIMEOUT, 0);
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
            next = Math.min(next, lifetime - (now - accepted));
        }
        return new Verdict(null, next == Long.MAX_VALUE ? 0 : Math.max(next, 1_000_000));
    }
}
