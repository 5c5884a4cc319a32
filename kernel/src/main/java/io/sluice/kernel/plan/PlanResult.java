package io.sluice.kernel.plan;

import io.sluice.kernel.config.Settings;
import io.sluice.kernel.plugin.Generation;
import io.sluice.kernel.problem.Problem;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A plan, and what the planner wants to know when it makes the next one. */
public final class PlanResult {

    private final Plan plan;
    private final Map<String, CompiledService> running;
    private final Map<String, Attempt> attempts;
    private final boolean differs;
    private final List<Problem> problems;
    private final Optional<Instant> holdsUntil;

    PlanResult(Plan plan, Map<String, CompiledService> running, Map<String, Attempt> attempts, boolean differs,
            List<Problem> problems) {
        this.plan = plan;
        this.running = Collections.unmodifiableMap(running);
        this.attempts = Collections.unmodifiableMap(attempts);
        this.differs = differs;
        this.problems = List.copyOf(problems);
        this.holdsUntil = attempts.values().stream().flatMap(attempt -> attempt.until().stream())
                .min(Comparator.naturalOrder());
    }

    /** What there is before the first plan. */
    public static PlanResult none(Settings settings) {
        return new PlanResult(new Plan(0, settings, List.of(), Map.of(), Map.of(), List.of()), Map.of(), Map.of(), false, List.of());
    }

    public Plan plan() {
        return plan;
    }

    /** Whether the plan differs from the one before; if not, it is the one before. */
    public boolean differs() {
        return differs;
    }

    /** Everything that is wrong; the plan itself tells the first problems of each file. */
    public List<Problem> problems() {
        return problems;
    }

    /** Everything that is wrong with one service. */
    public List<Problem> problems(String id) {
        return problems.stream().filter(problem -> problem.service().equals(id)).toList();
    }

    /** The definition that a service of the plan was made from. */
    public Optional<RawService> origin(String id) {
        return Optional.ofNullable(plan.services().containsKey(id) ? running.get(id) : null)
                .map(CompiledService::origin);
    }

    /** The same for the next plan to be made from, but with nothing that goes on by itself through these plugins. */
    public PlanResult without(Set<Generation> gone) {
        Map<String, CompiledService> staying = new LinkedHashMap<>(running);
        staying.values().removeIf(service -> !Collections.disjoint(service.key().generations(), gone));
        return new PlanResult(plan, staying, attempts, differs, problems);
    }

    /**
     * The same for the next plan to be made from, which need not look again at what another one made of definitions: of
     * those that were tried with it, and are stored by now.
     */
    public PlanResult knowing(PlanResult tried) {
        return new PlanResult(plan, running, tried.attempts, differs, problems);
    }

    Map<String, CompiledService> running() {
        return running;
    }

    Map<String, Attempt> attempts() {
        return attempts;
    }

    /** When the plan has to be made again although nothing changes: something in it holds until then. */
    public Optional<Instant> holdsUntil() {
        return holdsUntil;
    }
}
