package io.sluice.spi.control;

import java.util.List;

/**
 * How one service differs between two plans.
 *
 * @param service             its id
 * @param change              what happens to it
 * @param fields              the fields of its definition that differ: names from the root, joined by dots
 * @param connectionsAffected its live connections, which go on by the rules that they started with
 * @param connectionsClosed   those of them that are closed at once
 * @since 1.0
 */
public record Change(String service, Kind change, List<String> fields, int connectionsAffected,
        int connectionsClosed) {

    public Change {
        fields = List.copyOf(fields);
    }

    /** What happens to a service. */
    public enum Kind {
        ADDED, CHANGED, REMOVED
    }
}
