package io.sluice.plugins.adminhttp;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that may block: a few for answers, and one for each answer that comes in time. All are bounded. */
final class Workers {

    private static final int ANSWERING = 32;
    private static final int WAITING = 512;
    private static final long IDLE_SECONDS = 10;

    private final ExecutorService answers;
    private final ExecutorService streams;

    /**
     * @param maxStreams how many answers may come in time at once
     */
    Workers(int maxStreams) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(ANSWERING, ANSWERING, IDLE_SECONDS, TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING), threads("sluice-admin-answer-"));
        pool.allowCoreThreadTimeOut(true);
        answers = pool;
        streams = new ThreadPoolExecutor(0, Math.max(1, maxStreams), IDLE_SECONDS, TimeUnit.SECONDS,
                new SynchronousQueue<>(), threads("sluice-admin-stream-"));
        if (maxStreams == 0) {
            streams.shutdown();
        }
    }

    private static ThreadFactory threads(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Has something answered; {@code false} if too much is waiting already. */
    boolean answer(Runnable task) {
        try {
            answers.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Has something written in time; empty if there are too many already. Where it is cancelled, it is interrupted. */
    Optional<Future<?>> stream(Runnable task) {
        try {
            return Optional.of(streams.submit(task));
        } catch (RejectedExecutionException e) {
            return Optional.empty();
        }
    }

    /** Ends streams at once, and answers when they are done or so long after. */
    void close(long millis) {
        streams.shutdownNow();
        answers.shutdown();
        try {
            if (!answers.awaitTermination(millis, TimeUnit.MILLISECONDS)) {
                answers.shutdownNow();
                answers.awaitTermination(millis, TimeUnit.MILLISECONDS);
            }
            streams.awaitTermination(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
