package io.sluice.kernel.upstream;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket with a burst of one second's worth. Thread-safe, without locks: the state is one number, the time at
 * which the bucket would be full again (the generic cell rate algorithm, ITU-T I.371).
 */
public final class RateLimit {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final AtomicLong fullAt = new AtomicLong(System.nanoTime());

    /**
     * Takes a token.
     *
     * @param perSecond the rate; 0 = no limit
     */
    public boolean admits(int perSecond) {
        if (perSecond == 0) {
            return true;
        }
        long cost = SECOND / perSecond;
        while (true) {
            long now = System.nanoTime();
            long before = fullAt.get();
            long after = (before - now > 0 ? before : now) + cost;
            if (after - now > SECOND) {
                return false;
            }
            if (fullAt.compareAndSet(before, after)) {
                return true;
            }
        }
    }

    /** Whether a token could be taken now; none is. */
    public boolean wouldAdmit(int perSecond) {
        if (perSecond == 0) {
            return true;
        }
        long now = System.nanoTime();
        long before = fullAt.get();
        return (before - now > 0 ? before - now : 0) + SECOND / perSecond <= SECOND;
    }
}
