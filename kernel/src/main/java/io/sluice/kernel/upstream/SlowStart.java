package io.sluice.kernel.upstream;

import java.time.Duration;

/** A target that came back gets its share step by step. {@link Steering} thread only. */
final class SlowStart {

    /** A full share is so many tenths. */
    static final int FULL = 10;

    private long began;
    private long length;

    /**
     * Begins anew.
     *
     * @param now {@link System#nanoTime}
     */
    void begin(Duration time, long now) {
        began = now;
        length = time.toNanos();
    }

    /** Tenths of its weight that it gets now: 1 to {@link #FULL}. */
    int share(long now) {
        if (length == 0) {
            return FULL;
        }
        long passed = now - began;
        if (passed >= length) {
            length = 0;
            return FULL;
        }
        return (int) (1 + passed * (FULL - 1) / length);
    }

    /** When the share changes next, from now; zero if it is full. */
    Duration nextStep() {
        return Duration.ofNanos(length == 0 ? 0 : Math.max(length / FULL, 1));
    }
}
