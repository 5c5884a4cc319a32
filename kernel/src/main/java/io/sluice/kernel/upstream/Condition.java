package io.sluice.kernel.upstream;

import java.util.List;
import java.util.Optional;

/**
 * A target's state as people see it. Immutable.
 *
 * @param health   what is known of its health; {@link Health#EJECTED} while it would be healthy otherwise
 * @param operator what operators allow it
 * @param reports  its last probes, the newest first, at most 20
 */
public record Condition(Health health, OperatorState operator, List<ProbeReport> reports) {

    static final Condition FIRST = new Condition(Health.UNCHECKED, OperatorState.READY, List.of());

    public Condition {
        reports = List.copyOf(reports);
    }

    /** The newest probe. */
    public Optional<ProbeReport> lastProbe() {
        return reports.isEmpty() ? Optional.empty() : Optional.of(reports.get(0));
    }
}
