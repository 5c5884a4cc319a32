package io.sluice.kernel.plan;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** A plan, and what the planner wants to know when it makes the next one. */
public final class PlanResult {

    private final Plan plan;
    private final Map<String, CompiledService> running;
    private final Map<String, Attempt> attempts;
    private final boolean differs;

    PlanResult(Plan plan, Map<String, CompiledService> running, Map<String, Attempt> attempts, boolean differs) {
        this.plan = plan;
        this.running = Map.copyOf(running);
        this.attempts = Map.copyOf(attempts);
        this.differs = differs;
    }

    public Plan plan() {
        return plan;
    }

    /** Whether the plan differs from the one before; if not, it is the one before. */
    public boolean differs() {
        return differs;
    }

    Map<String, CompiledService> running() {
        return running;
    }

    Map<String, Attempt> attempts() {
        return attempts;
    }

    /** When the plan has to be made again although nothing changes: something in it holds until then. */
    public Optional<Instant> holdsUntil() {
        return attempts.values().stream().flatMap(attempt -> attempt.until().stream()).min(Comparator.naturalOrder());
    }
}
