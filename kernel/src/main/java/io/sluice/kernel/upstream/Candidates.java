package io.sluice.kernel.upstream;

import io.sluice.kernel.config.Definition.OnAllDown;
import io.sluice.kernel.plan.SteeringRules;
import java.math.BigInteger;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which of a service's targets take new connections.
 *
 * @param admitted  those that do
 * @param awaited   whether none does, but a first result may change that
 * @param claimants the healthy ones where there should be only one; empty unless there are several
 */
record Candidates(Set<LiveTarget> admitted, boolean awaited, Set<LiveTarget> claimants) {

    /** Decides. Steering thread. */
    static Candidates of(List<LiveTarget> targets, SteeringRules rules) {
        if (rules.checksSteer() && rules.singlePrimary()) {
            Set<LiveTarget> claimants = those(targets, t -> t.state().operator() != OperatorState.MAINTENANCE
                    && t.state().claims());
            if (claimants.size() > 1) {
                return new Candidates(newest(claimants), false, claimants);
            }
        }
        Predicate<LiveTarget> ready = Candidates::isReady;
        Predicate<LiveTarget> healthy = ready.and(t -> !rules.checksSteer() || t.state().health() == Health.UP
                || t.state().health() == Health.UNCHECKED);
        Set<LiveTarget> admitted = those(targets, healthy.and(t -> !t.state().ejection().isOut()));
        if (admitted.isEmpty()) {
            // a guess from failed connects must not close a service that nothing else can serve
            admitted = those(targets, healthy);
        }
        boolean awaited = admitted.isEmpty() && rules.checksSteer()
                && targets.stream().anyMatch(ready.and(t -> t.state().health() == Health.UNKNOWN));
        if (admitted.isEmpty() && !awaited && rules.onAllDown() == OnAllDown.TRY_ALL) {
            admitted = those(targets, ready);
        }
        return new Candidates(admitted, awaited, Set.of());
    }

    private static boolean isReady(LiveTarget target) {
        return target.configuredWeight() > 0 && target.state().operator() == OperatorState.READY;
    }

    /** The one whose promotion is the newest, if each tells and one of them is; else none. */
    private static Set<LiveTarget> newest(Set<LiveTarget> claimants) {
        BigInteger highest = null;
        LiveTarget best = null;
        for (LiveTarget target : claimants) {
            if (target.state().epoch().isEmpty()) {
                return Set.of();
            }
            int order = highest == null ? 1 : target.state().epoch().get().compareTo(highest);
            if (order >= 0) {
                best = order == 0 ? null : target;
                highest = target.state().epoch().get();
            }
        }
        return best != null && isReady(best) && best.state().health() == Health.UP ? Set.of(best) : Set.of();
    }

    private static Set<LiveTarget> those(List<LiveTarget> targets, Predicate<LiveTarget> wanted) {
        Set<LiveTarget> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
        targets.stream().filter(wanted).forEach(chosen::add);
        return chosen;
    }
}
