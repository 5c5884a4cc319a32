package io.sluice.plugins.tls.provider;

import io.netty.channel.Channel;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which engines do what must not block an event loop: key exchanges of the JDK's provider, the building
 * and checking of certificate paths with both.
 *
 * <p>One task per connection waits here at most, and those of connections that have gone cost nothing when their turn
 * comes. So the queue is bounded by the connections that arrive within a handshake deadline. Threads end after some idle seconds, so that nothing holds on to a plugin that was replaced.
 */
public final class HandshakeThreads {

    private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());
    private static final Executor EXECUTOR = pool();

    private HandshakeThreads() {
    }

    /** For one connection, for {@code SslContext.newHandler}. */
    public static Executor of(Channel connection) {
        return task -> EXECUTOR.execute(unlessGone(connection, task));
    }

    static Runnable unlessGone(Channel connection, Runnable task) {
        return () -> {
            if (connection.isOpen()) {
                task.run();
            }
        };
    }

    private static Executor pool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(THREADS, THREADS, 3, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "tls-handshake");
                    thread.setDaemon(true);
                    thread.setContextClassLoader(null);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
