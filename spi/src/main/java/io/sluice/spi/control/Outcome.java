package io.sluice.spi.control;

import java.util.List;

/**
 * What a change has done, or would do.
 *
 * @param id       the service that was asked for; empty for a change of several
 * @param revision the revision in effect afterwards; for a preview the present one
 * @param created  whether the service was not there before
 * @param etag     the definition's new entity tag; empty if it is gone
 * @param changes  which services it touches
 * @param problems warnings of the service; everything that would be wrong, where it is about the whole configuration
 * @since 1.0
 */
public record Outcome(String id, long revision, boolean created, String etag, List<Change> changes,
        List<Problem> problems) {

    public Outcome {
        changes = List.copyOf(changes);
        problems = List.copyOf(problems);
    }
}
