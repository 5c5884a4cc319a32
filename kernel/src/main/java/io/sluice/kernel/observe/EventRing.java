package io.sluice.kernel.observe;

import io.sluice.spi.control.Event;
import io.sluice.spi.control.EventLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest events, in a ring. Their ids count from the microsecond in which the run began, so each is greater than any of
 * an earlier run. Thread-safe; events are rare, so a lock will do.
 */
public final class EventRing implements EventLog {

    private static final Logger LOG = LoggerFactory.getLogger(EventRing.class);
    private static final int KEPT = 4096;

    private final Event[] ring = new Event[KEPT];
    private final List<Runnable> readers = new CopyOnWriteArrayList<>();
    private final long before;
    private long latest;

    public EventRing() {
        this(TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()));
    }

    /**
     * @param before what the first id follows
     */
    EventRing(long before) {
        this.before = before;
        this.latest = before;
    }

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
        // a place of an earlier run is behind all of this one, or still to come if the clock was set back
        long from = after < before || after > latest ? before : after;
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
