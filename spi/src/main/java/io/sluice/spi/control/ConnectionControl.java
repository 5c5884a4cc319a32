package io.sluice.spi.control;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The live connections.
 *
 * @since 1.0
 */
@ProviderType
public interface ConnectionControl {

    /** Those that a filter lets through, the oldest first. A snapshot; its numbers may be a moment old. */
    List<ConnectionStatus> all(Filter filter);

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
