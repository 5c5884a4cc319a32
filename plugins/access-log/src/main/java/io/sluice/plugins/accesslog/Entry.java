package io.sluice.plugins.accesslog;

import io.sluice.spi.observer.ConnectionSummary;
import java.time.Instant;

/** What becomes one line. */
sealed interface Entry {

    /** A connection at its end. */
    record Closed(ConnectionSummary summary) implements Entry {
    }

    /** Connections that were closed at accept, summed. */
    record RefusedAtAccept(Instant time, String listener, long count) implements Entry {
    }

    /** Lines that are missing here. */
    record Dropped(Instant time, long count) implements Entry {
    }
}
