package io.sluice.kernel.upstream;

import io.sluice.kernel.problem.LiveProblems;
import io.sluice.spi.connection.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which it is decided which targets take connections: results of probes, failures of connects, words
 * of operators and answers of discovery all become effective there, one after the other.
 */
public final class Steering implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Steering.class);

    private final LiveProblems problems;
    private final Connections connections;
    private final List<HealthListener> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, Steering::daemon);

    /** The live connections of the gateway, as far as steering touches them. */
    public interface Connections {

        /** Closes those to a target, whatever plan they started on, both sides at once; answers how many. */
        int close(LiveTarget target, Refusal why);
    }

    /**
     * @param problems    takes what is wrong while it lasts
     * @param connections of all plans; thread-safe
     */
    public Steering(LiveProblems problems, Connections connections) {
        this.problems = problems;
        this.connections = connections;
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static Thread daemon(Runnable task) {
        Thread made = new Thread(task, "sluice-steering");
        made.setDaemon(true);
        return made;
    }

    /** Tells someone of each transition from now on. Any thread. */
    public void listen(HealthListener listener) {
        listeners.add(listener);
    }

    /** Runs a task soon, after those that came before. Any thread. */
    public void execute(Runnable task) {
        if (!thread.isShutdown()) {
            thread.execute(() -> guarded(task));
        }
    }

    /** Whether a task waits that could run now. */
    boolean hasMore() {
        return thread.getQueue().peek() instanceof Delayed next && next.getDelay(TimeUnit.NANOSECONDS) <= 0;
    }

    /** Runs a task and waits for it. Any thread but this one and the event loops. */
    void call(Runnable task) {
        try {
            thread.submit(() -> guarded(task)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    void later(Duration delay, Runnable task) {
        if (!thread.isShutdown()) {
            thread.schedule(() -> guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            LOG.error("steering met a fault and goes on", e);
        }
    }

    void tell(Consumer<HealthListener> event) {
        listeners.forEach(listener -> guarded(() -> event.accept(listener)));
    }

    LiveProblems problems() {
        return problems;
    }

    Connections connections() {
        return connections;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
