package io.sluice.spi.control;

import java.util.List;

/**
 * What a definition would change.
 *
 * @param valid    whether it could be applied
 * @param problems what is wrong or doubtful
 * @param changes  which services it would touch; empty if it is not valid
 * @since 1.0
 */
public record Preview(boolean valid, List<Problem> problems, List<Change> changes) {

    public Preview {
        problems = List.copyOf(problems);
        changes = List.copyOf(changes);
    }
}
