package io.sluice.kernel.gateway;

import io.sluice.kernel.control.Engine.Turn;
import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.ControlRefused;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread on which everything happens that changes what runs. */
final class ControlThread {

    private static final Logger LOG = LoggerFactory.getLogger(ControlThread.class);
    private static final long PATIENCE_SECONDS = 30;
    private static final long END_SECONDS = 5;

    private final ScheduledExecutorService executor;
    private volatile Thread thread;

    ControlThread() {
        executor = Executors.newSingleThreadScheduledExecutor(task -> {
            thread = new Thread(task, "sluice-control");
            return thread;
        });
    }

    /** Does something and waits until it is done. */
    void first(Runnable task) throws InterruptedException, ExecutionException {
        executor.submit(task).get();
    }

    /** Does something and waits until it is done, at most so long; answers whether it is. */
    boolean within(Duration limit, Runnable task) throws InterruptedException, ExecutionException {
        try {
            executor.submit(task).get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /**
     * Does something again and again, with a pause in between. A fault is logged and ends nothing.
     *
     * @param doing what is being done, in words for the log
     */
    void every(String doing, Runnable task, long pauseMillis) {
        executor.scheduleWithFixedDelay(logged(doing, task), pauseMillis, pauseMillis, TimeUnit.MILLISECONDS);
    }

    /**
     * Does something soon, unless the gateway is closing. A fault is logged: nobody waits for it.
     *
     * @param doing what is being done, in words for the log
     */
    void soon(String doing, Runnable task) {
        try {
            executor.execute(logged(doing, task));
        } catch (RejectedExecutionException e) {
            LOG.debug("the gateway is closing", e);
        }
    }

    private static Runnable logged(String doing, Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable e) {
                LOG.error("the control thread met a fault while {}, and goes on", doing, e);
            }
        };
    }

    /** Does something and waits for its answer; at once when this is the control thread already. */
    <T> T inTurn(Turn<T> turn) throws ControlRefused {
        if (Thread.currentThread() == thread) {
            return turn.take();
        }
        AtomicBoolean claimed = new AtomicBoolean();
        Future<T> answer;
        try {
            // whoever claims it first: this thread to take it, or its caller so that nobody does
            answer = executor.submit(() -> claimed.compareAndSet(false, true) ? turn.take() : null);
        } catch (RejectedExecutionException e) {
            throw new ControlRefused(Reason.UNAVAILABLE, "the gateway is ending");
        }
        try {
            return answer(answer, PATIENCE_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlRefused(Reason.UNAVAILABLE, "interrupted" + whatOf(claimed));
        } catch (TimeoutException e) {
            throw new ControlRefused(Reason.UNAVAILABLE, "the gateway is busy" + whatOf(claimed));
        }
    }

    /** Nothing comes of a turn that had not begun; one that has goes on. */
    private static String whatOf(AtomicBoolean claimed) {
        return claimed.compareAndSet(false, true) ? "; nothing was done"
                : "; what was asked for is being done, or was done just now: look before you try again";
    }

    private static <T> T answer(Future<T> answer, long seconds) throws ControlRefused, InterruptedException, TimeoutException {
        try {
            return answer.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ControlRefused refused) {
                throw refused;
            }
            throw new IllegalStateException("the control thread met a fault", e.getCause());
        }
    }

    /** Ends; what is under way has a moment. */
    void close() {
        executor.shutdown();
        try {
            executor.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
