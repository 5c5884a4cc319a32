package io.sluice.kernel.plan;

import io.sluice.kernel.plan.Plan.Idle;
import io.sluice.kernel.problem.FirstProblems;
import io.sluice.kernel.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings + definitions + installed plugins = plan. Everything that asks "what would run?" asks here.
 *
 * <p>A service with errors never stops another one; if it ran before, it goes on as it was. Not thread-safe: one control
 * thread plans.
 */
public final class Planner {

    private final PlanInput input;
    private final PlanResult before;
    private final Attempts attempts;
    private final AllowedPorts ports;
    private final LastGood lastGood;
    private final List<Problem> problems;
    private final Map<String, CompiledService> wanted = new LinkedHashMap<>();
    private final Map<String, CompiledService> mayGoOn = new LinkedHashMap<>();
    private final Map<String, Idle> idle = new LinkedHashMap<>();
    private final Map<String, List<Problem>> ownProblems = new LinkedHashMap<>();

    private Planner(PlanInput input, PlanResult before) {
        this.input = input;
        this.before = before;
        this.attempts = new Attempts(input, before);
        this.ports = new AllowedPorts(input.settings(), input.reserved());
        this.lastGood = new LastGood(attempts, input.catalog());
        this.problems = new ArrayList<>(input.problems());
    }

    /**
     * Makes a plan.
     *
     * @param input  what to make it from
     * @param before the plan that runs now, or {@code null}
     */
    public static PlanResult plan(PlanInput input, PlanResult before) {
        return new Planner(input, before).plan();
    }

    private PlanResult plan() {
        new ExtensionSettings(input.catalog(), problems::add).check(input.settings());
        ports.checkNames(input.catalog(), problems::add);
        Map<String, RawService> byId = new LinkedHashMap<>();
        Map<String, List<RawService>> claimedAgain = new HashMap<>();
        for (RawService raw : input.definitions()) {
            if (byId.putIfAbsent(raw.id(), raw) != null) {
                claimedAgain.computeIfAbsent(raw.id(), id -> new ArrayList<>()).add(raw);
            }
        }
        byId.forEach((id, first) -> compile(id, first, claimedAgain.getOrDefault(id, List.of())));
        keepUnreadable();
        Rivals rivals = new Rivals(wanted, mayGoOn);
        rivals.refused().forEach((id, reasons) -> ownProblems.merge(id, reasons, Planner::concat));
        Map<String, CompiledService> running = rivals.standing();
        running.values().stream().filter(lastGood::isBehind)
                .forEach(service -> ownProblems.merge(service.id(), List.of(lastGood.misfit(service)), Planner::concat));
        new OneCode(lastGood::isBehind, before == null ? Map.of() : before.running()).align(running)
                .forEach((id, reasons) -> ownProblems.merge(id, reasons, Planner::concat));
        ownProblems.forEach((id, found) -> {
            problems.addAll(found);
            if (!running.containsKey(id)) {
                idle.putIfAbsent(id, Idle.REFUSED);
            }
        });
        running.values().stream().filter(service -> !ownProblems.containsKey(service.id()))
                .forEach(service -> problems.addAll(service.warnings()));
        List<ListenerPlan> listeners = new Listeners(
                before == null ? List.of() : before.plan().listeners(), problems::add).of(running.values());
        return result(listeners, running);
    }

    private PlanResult result(List<ListenerPlan> listeners, Map<String, CompiledService> running) {
        Map<String, ServicePlan> services = new LinkedHashMap<>();
        running.forEach((id, service) -> services.put(id, service.plan()));
        List<Problem> shown = FirstProblems.ofEachFile(problems);
        if (before != null && sameAs(before, listeners, services)) {
            Plan plan = before.plan();
            return new PlanResult(new Plan(plan.revision(), plan.settings(), plan.listeners(), plan.services(),
                    plan.idle(), shown), running, attempts.all(), false, problems);
        }
        long revision = before == null ? 1 : before.plan().revision() + 1;
        return new PlanResult(new Plan(revision, input.settings(), listeners, services, idle, shown), running,
                attempts.all(), true, problems);
    }

    private boolean sameAs(PlanResult result, List<ListenerPlan> listeners, Map<String, ServicePlan> services) {
        Plan old = result.plan();
        return old.settings().equals(input.settings()) && old.listeners().equals(listeners)
                && old.services().equals(services) && old.idle().equals(idle)
                && Problem.words(result.problems()).equals(Problem.words(problems));
    }

    private void compile(String id, RawService first, List<RawService> others) {
        CompiledService old = before == null ? null : before.running().get(id);
        List<RawService> claimants = concat(List.of(first), others);
        if (goesOnFromUnreadable(old, claimants)) {
            claimants.add(old.origin());
        }
        RawService raw = claimants.size() == 1 ? first : settleId(id, claimants, old);
        if (raw == null) {
            return;
        }
        Attempt attempt = attempts.of(id, raw);
        if (attempt.parked()) {
            idle.put(id, Idle.PARKED);
            problems.addAll(attempt.problems());
            return;
        }
        ProblemList found = new ProblemList(id);
        found.addAll(attempt.problems());
        attempt.wish().ifPresent(wish -> ports.check(wish, attempt.raw(), found));
        if (attempt.service().isPresent() && !found.hasErrors()) {
            wanted.put(id, attempt.service().get());
        } else {
            ownProblems.merge(id, found.all(), Planner::concat);
        }
        if (old != null) {
            // a changed definition may still be refused for what it claims: then the old one goes on, on the code of now
            boolean isUnchanged = wanted.containsKey(id) && wanted.get(id).key().definition().equals(old.key().definition());
            goOn(isUnchanged ? old : lastGood.onCodeOfNow(old));
        }
    }

    private void goOn(CompiledService running) {
        if (ports.allow(PortWish.of(running.claim()))) {
            mayGoOn.put(running.id(), running);
        }
    }

    /** Whether a service runs from a file that cannot be read, so that whoever claims its id elsewhere is a rival. */
    private boolean goesOnFromUnreadable(CompiledService old, List<RawService> claimants) {
        return old != null && input.unreadable().contains(old.key().file())
                && claimants.stream().noneMatch(raw -> raw.file().equals(old.key().file()));
    }

    /** What runs, or what its file says now if that is one definition: the others with its id are its rivals. */
    private static Optional<RawService> incumbent(List<RawService> claimants, CompiledService old) {
        List<RawService> inItsFile = claimants.stream()
                .filter(raw -> old != null && raw.file().equals(old.key().file())).toList();
        return inItsFile.stream().filter(raw -> raw.json().equals(old.key().definition())).findFirst()
                .or(() -> inItsFile.size() == 1 ? Optional.of(inItsFile.get(0)) : Optional.empty());
    }

    /** Two definitions with one id: the one that runs goes on, of newcomers none does. */
    private RawService settleId(String id, List<RawService> claimants, CompiledService old) {
        List<String> files = claimants.stream().map(RawService::file).toList();
        RawService incumbent = incumbent(claimants, old).orElse(null);
        ProblemList found = new ProblemList(id);
        for (RawService raw : claimants) {
            if (raw != incumbent) {
                found.errorAt(raw.json(), raw.json().get("api_id") != null ? "api_id" : "id", "duplicate_id",
                        "api_id: \"" + id + "\" is used " + claimants.size() + " times, in "
                                + String.join(" and ", files) + " (expected: unique)",
                        incumbent == null ? "neither runs until one of them has another api_id"
                                : "the one that already runs goes on; after a restart neither would run");
                Attempt attempt = attempts.again(id, raw);
                found.addAll(attempt.problems());
                attempt.wish().ifPresent(wish -> ports.check(wish, raw, found));
            }
        }
        ownProblems.merge(id, found.all(), Planner::concat);
        return incumbent;
    }

    /** What ran from a file that cannot be read any more goes on. */
    private void keepUnreadable() {
        Collection<CompiledService> running = before == null ? List.of() : before.running().values();
        for (CompiledService service : running) {
            if (input.unreadable().contains(service.key().file()) && !wanted.containsKey(service.id())
                    && !mayGoOn.containsKey(service.id())) {
                goOn(lastGood.onCodeOfNow(service));
            }
        }
    }

    private static <T> List<T> concat(List<T> one, List<T> other) {
        List<T> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }
}
