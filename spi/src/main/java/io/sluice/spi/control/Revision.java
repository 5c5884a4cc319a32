package io.sluice.spi.control;

import java.time.Instant;
import java.util.List;

/**
 * A change of definitions that was made.
 *
 * @param id       counts the changes, over restarts
 * @param revision of the plan that came of it; plans are numbered anew at each start
 * @param time     when
 * @param author   who asked for it; {@code files} for an edit of the files themselves
 * @param action   what was done, for people
 * @param changes  which definitions it touched
 * @since 1.0
 */
public record Revision(long id, long revision, Instant time, String author, String action, List<Touched> changes) {

    public Revision {
        changes = List.copyOf(changes);
    }

    /**
     * A definition that was touched.
     *
     * @param service its id
     * @param change  what happened to it
     * @param fields  the fields that differ
     */
    public record Touched(String service, Change.Kind change, List<String> fields) {
        public Touched {
            fields = List.copyOf(fields);
        }
    }
}
