package io.sluice.kernel;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waits for what others do: as long as a machine that stalls may need, and no longer than it takes. */
public final class Await {

    private static final int SECONDS = 60;

    /** The same, for sockets. */
    public static final int MILLIS = SECONDS * 1000;

    private Await() {
    }

    public static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(SECONDS)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20));
    }

    public static ConditionFactory await(String what) {
        return await().alias(what);
    }

    /** The next one; fails if none comes. */
    public static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came within " + SECONDS + " s");
        }
        return next;
    }

    /** Returns when somebody has counted down; fails if nobody does. */
    public static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody counted down within " + SECONDS + " s");
        }
    }
}
