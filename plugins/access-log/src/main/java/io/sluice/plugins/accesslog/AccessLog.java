package io.sluice.plugins.accesslog;

import io.sluice.spi.observer.ConnectionObserver;
import io.sluice.spi.observer.ConnectionSummary;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;

/** Hands what happened over to a thread of its own; an event loop never waits for a disk or a pipe. */
final class AccessLog implements ConnectionObserver {

    private static final System.Logger LOG = System.getLogger(AccessLog.class.getName());
    private static final Duration DRAIN = Duration.ofSeconds(2);

    private final EntryQueue queue;
    private final Thread thread;
    private final LineWriter writer;
    private final Duration drain;

    private AccessLog(EntryQueue queue, LineWriter writer, Duration drain) {
        this.queue = queue;
        this.writer = writer;
        this.drain = drain;
        thread = new Thread(writer, "sluice-access-log");
        thread.setDaemon(true);
    }

    static AccessLog start(LineFormat format, Destination destination) {
        return start(format, destination, new EntryQueue(), DRAIN);
    }

    static AccessLog start(LineFormat format, Destination destination, EntryQueue queue, Duration drain) {
        AccessLog log = new AccessLog(queue, new LineWriter(queue, format, destination), drain);
        log.thread.start();
        return log;
    }

    @Override
    public void closed(ConnectionSummary summary) {
        queue.offer(new Entry.Closed(summary));
    }

    @Override
    public void refusedAtAccept(String listener, long count) {
        queue.offer(new Entry.RefusedAtAccept(Instant.now(), listener, count));
    }

    @Override
    public void close() {
        queue.close();
        try {
            thread.join(drain.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.log(Level.WARNING, "access log: lines are lost: they could not be written within {0} ms", drain.toMillis());
            writer.abandon();
            thread.interrupt();
        }
    }

    /** The thread that writes, for those who want to see it end. */
    Thread thread() {
        return thread;
    }
}
