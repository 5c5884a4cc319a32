package io.sluice.plugins.accesslog;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** What waits to be written: bounded, many in, one out. {@link #offer} takes no lock; what does not fit is counted. */
final class EntryQueue {

    static final int CAPACITY = 8192;

    private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();

    /** The thread that takes, while it sleeps. */
    private volatile Thread sleeper;
    private volatile boolean closed;

    void offer(Entry entry) {
        if (closed) {
            return;
        }
        if (size.incrementAndGet() > CAPACITY) {
            size.decrementAndGet();
            dropped.incrementAndGet();
            return;
        }
        entries.add(entry);
        wake();
    }

    /** The next entry, or {@code null}. */
    Entry poll() {
        Entry entry = entries.poll();
        if (entry != null) {
            size.decrementAndGet();
        }
        return entry;
    }

    /** How many entries did not fit since this was last asked. */
    long takeDropped() {
        return dropped.get() == 0 ? 0 : dropped.getAndSet(0);
    }

    /** Sleeps until there may be something to do. */
    void await() {
        sleeper = Thread.currentThread();
        // Looked at after the sleeper has shown itself: whoever adds after this look sees it, and wakes it.
        if (entries.isEmpty() && !closed) {
            LockSupport.park(this);
        }
        sleeper = null;
    }

    boolean isClosed() {
        return closed;
    }

    /** Nothing more is taken in; the thread that takes finds out. */
    void close() {
        closed = true;
        wake();
    }

    private void wake() {
        Thread thread = sleeper;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }
}
