package io.sluice.kernel.observe;

import io.sluice.spi.control.Event;
import io.sluice.spi.control.EventLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The latest events, in a ring. Thread-safe; events are rare, so a lock will do. */
public final class EventRing implements EventLog {

    private static final Logger LOG = LoggerFactory.getLogger(EventRing.class);
    private static final int KEPT = 4096;

    private final Event[] ring = new Event[KEPT];
    private final List<Runnable> readers = new CopyOnWriteArrayList<>();
    private long latest;

    /** Something has happened now. */
    public void add(String type, Map<String, Object> data) {
        synchronized (this) {
            latest++;
            ring[(int) (latest % KEPT)] = new Event(latest, Instant.now(), type, data);
        }
        for (Runnable wake : readers) {
            try {
                wake.run();
            } catch (Throwable e) {
                LOG.error("a reader of events failed", e);
            }
        }
    }

    @Override
    public synchronized List<Event> after(long after, int most) {
        // a place that is still to come is one of an earlier run
        long from = after < 0 || after > latest ? 0 : after;
        List<Event> events = new ArrayList<>();
        for (long id = Math.max(from, latest - KEPT) + 1; id <= latest && events.size() < most; id++) {
            events.add(ring[(int) (id % KEPT)]);
        }
        return events;
    }

    @Override
    public synchronized long latest() {
        return latest;
    }

    @Override
    public Subscription onEvent(Runnable wake) {
        // a wrapper of its own, so that the same runnable may subscribe twice
        Runnable reader = wake::run;
        readers.add(reader);
        return () -> readers.remove(reader);
    }
}
