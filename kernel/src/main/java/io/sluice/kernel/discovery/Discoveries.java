package io.sluice.kernel.discovery;

import io.sluice.spi.discovery.DiscoveryContext;
import io.sluice.spi.discovery.PreparedDiscovery;
import io.sluice.spi.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which discovery plugins are asked, and what they are offered. Threads are made when there is something
 * to ask, at most one for each watch, and end when they have been idle for a while. Thread-safe.
 */
public final class Discoveries implements AutoCloseable {

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final DiscoveryContext context;
    private final DiscoveryRules rules;
    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor clock;

    /**
     * @param json   offered to plugins
     * @param folder the folder that relative paths count from
     */
    public Discoveries(Json json, Path folder) {
        this(json, folder, DiscoveryRules.STANDARD);
    }

    Discoveries(Json json, Path folder, DiscoveryRules rules) {
        this.context = new Offered(json, folder.toAbsolutePath());
        this.rules = rules;
        this.workers = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE.toMillis(), TimeUnit.MILLISECONDS,
                new SynchronousQueue<>(), named("sluice-discovery-"));
        this.clock = new ScheduledThreadPoolExecutor(1, named("sluice-discovery-clock-"));
        clock.setRemoveOnCancelPolicy(true);
        clock.setKeepAliveTime(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        clock.allowCoreThreadTimeOut(true);
    }

    private record Offered(Json json, Path folder) implements DiscoveryContext {
    }

    /** Begins to ask, at once and again and again until the watch is closed. Does not block. */
    public DiscoveryWatch watch(PreparedDiscovery discovery, DiscoveryListener listener) {
        DiscoveryWatch watch = new DiscoveryWatch(discovery, context, listener, rules, this);
        watch.askIn(Duration.ZERO);
        return watch;
    }

    Executor workers() {
        return workers;
    }

    /** Runs something short later; answers how to take that back. */
    Runnable later(Duration delay, Runnable task) {
        try {
            var future = clock.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> { };
        }
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Interrupts what is being asked. Watches are closed by their owners before. */
    @Override
    public void close() {
        clock.shutdownNow();
        workers.shutdownNow();
    }
}
