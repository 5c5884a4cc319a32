package io.sluice.plugins.accesslog;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Takes entries from the queue and writes them in batches, until the queue is closed and empty. */
final class LineWriter implements Runnable {

    private static final System.Logger LOG = System.getLogger(LineWriter.class.getName());
    private static final int BATCH = 256;

    private final EntryQueue queue;
    private final LineFormat format;
    private final Destination destination;
    private final StringBuilder lines = new StringBuilder();
    private volatile boolean abandoned;
    private long lost;
    private boolean failing;

    LineWriter(EntryQueue queue, LineFormat format, Destination destination) {
        this.queue = queue;
        this.format = format;
        this.destination = destination;
    }

    /** Ends as soon as possible, whatever is left. */
    void abandon() {
        abandoned = true;
    }

    @Override
    public void run() {
        try {
            while (!abandoned) {
                boolean closed = queue.isClosed();
                if (writeBatch() == 0) {
                    if (closed) {
                        break;
                    }
                    queue.await();
                }
            }
        } finally {
            close();
        }
    }

    private int writeBatch() {
        lines.setLength(0);
        lost += queue.takeDropped();
        int taken = 0;
        int made = 0;
        for (Entry entry = next(); entry != null; entry = next()) {
            made += append(entry) ? 1 : 0;
            if (++taken == BATCH) {
                break;
            }
        }
        lost += taken - made;
        long missing = lost;
        if (missing > 0) {
            append(new Entry.Dropped(Instant.now(), missing));
        }
        if (!lines.isEmpty()) {
            write(made, missing);
        }
        return taken;
    }

    private Entry next() {
        return abandoned ? null : queue.poll();
    }

    private boolean append(Entry entry) {
        int start = lines.length();
        try {
            format.append(entry, lines);
            lines.append('\n');
            return true;
        } catch (RuntimeException e) {
            lines.setLength(start);
            LOG.log(Level.ERROR, "access log: a line could not be made", e);
            return false;
        }
    }

    /** Writes the batch of {@code made} lines, in which {@code missing} lost ones are told. */
    private void write(int made, long missing) {
        try {
            destination.write(ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8)));
            lost -= missing;
            failing = false;
        } catch (IOException e) {
            lost += made;
            if (!failing && !abandoned) {
                LOG.log(Level.WARNING, "access log: lines are lost until it can be written again: {0}", e.toString());
            }
            failing = true;
        }
    }

    private void close() {
        try {
            destination.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "access log: closing failed: {0}", e.toString());
        }
    }
}
