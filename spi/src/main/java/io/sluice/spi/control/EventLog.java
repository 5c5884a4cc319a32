package io.sluice.spi.control;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The latest events, at most some thousand of them. A reader keeps its own place, so one that is slow or never reads
 * costs nothing and misses what has gone by then.
 *
 * @since 1.0
 */
@ProviderType
public interface EventLog {

    /**
     * Events after a place, the oldest first.
     *
     * @param after the id of the last one that is known; 0, or one of an earlier run, for all that are kept
     * @param most  how many at most
     */
    List<Event> after(long after, int most);

    /** The id of the latest event; what the first one will follow if there was none. */
    long latest();

    /**
     * Has someone woken when there are new events.
     *
     * @param wake called on any thread, data-path loops included, perhaps several times at once: must return at once
     * @return ends it; must be closed
     */
    Subscription onEvent(Runnable wake);

    /** Ends when closed. */
    interface Subscription extends AutoCloseable {

        @Override
        void close();
    }
}
