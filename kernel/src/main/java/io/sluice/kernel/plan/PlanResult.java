package io.sluice.kernel.plan;

import java.util.Map;

/** A plan, and what the planner wants to know when it makes the next one. */
public final class PlanResult {

    private final Plan plan;
    private final Map<String, CompiledService> running;
    private final boolean differs;

    PlanResult(Plan plan, Map<String, CompiledService> running, boolean differs) {
        this.plan = plan;
        this.running = Map.copyOf(running);
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
}
