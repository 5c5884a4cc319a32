package io.sluice.spi.control;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The live connections. One that is being closed is not found any more, though its end takes a moment.
 *
 * @since 1.0
 */
@ProviderType
public interface ConnectionControl {

    /**
     * Some of those that a filter lets through, the oldest first; their numbers may be a moment old. Without a filter it
     * costs what the page costs, however many there are; with one, a look at each.
     *
     * @param cursor empty for the first page, then {@link Page#next()} of the page before
     * @param limit  at most so many; 1 or more
     * @throws ControlRefused if the cursor is none
     */
    Page page(Filter filter, String cursor, int limit) throws ControlRefused;

    /** How many a filter lets through. */
    int count(Filter filter);

    /** One of them. */
    Optional<ConnectionStatus> find(String id);

    /**
     * Closes live connections, reason {@code closed_by_operator}.
     *
     * @param perSecond how many a second; 0 = all at once
     * @return how many are, or will be, closed
     */
    int close(Filter filter, int perSecond);

    /**
     * A part of the list.
     *
     * @param items some connections, the oldest first
     * @param total how many the filter lets through in all
     * @param next  the cursor of the page behind; empty if this is the last
     */
    record Page(List<ConnectionStatus> items, int total, Optional<String> next) {
    }

    /**
     * Which connections; an empty part lets all through.
     *
     * @param id      a connection's id
     * @param service a service's id
     * @param target  a target's id or its {@code host:port}
     * @param client  the presented client's address, without a port
     */
    record Filter(Optional<String> id, Optional<String> service, Optional<String> target, Optional<String> client) {

        /** All connections. */
        public static final Filter ALL =
                new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
