package io.sluice.plugins.adminhttp.api;

import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.ControlRefused.Reason;
import java.util.concurrent.Semaphore;

/**
 * Lets work that keeps a processor busy be done by a few threads at a time, whoever comes first. Else one client that asks
 * on all its connections at once would have every processor, and those who relay bytes would wait.
 */
final class Turns {

    private final Semaphore free;

    Turns(int atOnce) {
        this.free = new Semaphore(atOnce, true);
    }

    /** For half of this machine's processors. */
    static Turns ofThisMachine() {
        return new Turns(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    /** Waits until there is a turn, then does it. */
    <T> T take(Work<T> work) throws ControlRefused {
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlRefused(Reason.UNAVAILABLE, "the server ends");
        }
        try {
            return work.done();
        } finally {
            free.release();
        }
    }

    /** Something that computes and never waits. */
    @FunctionalInterface
    interface Work<T> {

        T done() throws ControlRefused;
    }
}
