package io.sluice.kernel.upstream;

import io.sluice.kernel.plan.CheckPlan;
import io.sluice.kernel.plan.ServicePlan;
import io.sluice.kernel.plan.TargetPlan;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.protocol.UpstreamLayer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A service at work: its plan, its state, and a balancer for each group of targets with the same priority. Sessions that
 * started on an older plan still pick here, from the targets that are healthy now.
 */
public final class RunningService extends Counted {

    private final ServicePlan plan;
    private final ServiceState state;
    private final Map<Integer, BalancedGroup> byPriority = new TreeMap<>();
    private volatile Listed listed;
    private volatile BalancedGroup[] groups = new BalancedGroup[0];
    private volatile boolean shut;

    /**
     * Its targets.
     *
     * @param targets in the order of the definition or of the discovery
     * @param plans   what leads to each of them
     * @param before  what led to those before them: one of these may have been picked a moment ago
     */
    private record Listed(List<LiveTarget> targets, Map<Target, TargetPlan> plans, Map<Target, TargetPlan> before) {
    }

    /** Makes the balancers; control thread. When this returns, its targets are the ones that the service uses. */
    public RunningService(ServicePlan plan, ServiceState state) {
        super(plan.generations());
        this.plan = plan;
        this.state = state;
        state.current(this);
    }

    /** Other targets from now on. {@link Steering} thread. */
    void targets(List<TargetPlan> plans) {
        List<LiveTarget> live = state.targets(plans);
        Map<Target, TargetPlan> byTarget = new IdentityHashMap<>();
        for (int i = 0; i < live.size(); i++) {
            byTarget.put(live.get(i), plans.get(i));
        }
        listed = new Listed(live, byTarget, listed == null ? Map.of() : listed.plans());
    }

    /** Rebuilds what is picked from, where it differs. {@link Steering} thread. */
    void refresh() {
        Map<Integer, List<Target>> candidates = new TreeMap<>();
        for (LiveTarget target : listed.targets()) {
            if (target.isAdmitted() && target.weight() > 0) {
                candidates.computeIfAbsent(target.priority(), p -> new ArrayList<>()).add(target);
            }
        }
        List<BalancedGroup> now = new ArrayList<>();
        candidates.forEach((priority, members) -> {
            BalancedGroup group = byPriority.computeIfAbsent(priority, p -> new BalancedGroup(plan));
            group.candidates(members);
            now.add(group);
        });
        groups = now.toArray(BalancedGroup[]::new);
    }

    /** From now on, clients that have not reached it yet are refused. Control thread. */
    public void shut() {
        shut = true;
    }

    /** Whether it was removed together with its connections. Any thread. */
    public boolean isShut() {
        return shut;
    }

    public ServicePlan plan() {
        return plan;
    }

    public ServiceState state() {
        return state;
    }

    /** All its targets, whatever their state. */
    public List<LiveTarget> targets() {
        return listed.targets();
    }

    /** Whether a target is one of its own. */
    boolean has(Target target) {
        return listed.plans().containsKey(target);
    }

    /** The checks of one of its targets. */
    public List<CheckPlan> checks(LiveTarget target) {
        return plan.checks(listed.plans().get(target));
    }

    /** A check of one of its targets that asks nothing: the connection is all. Empty if it has no such target any more. */
    public Optional<CheckPlan> connection(LiveTarget target) {
        return Optional.ofNullable(listed.plans().get(target)).map(to -> CheckPlan.connection(to.scheme(), to.layers()));
    }

    /**
     * The target of the next try: of the best group that has one left; {@code null} if none has. Any event loop.
     *
     * @param excluded which must not be picked; among them those that are not admitted, as a balancer may not have heard
     *                 of that yet
     */
    LiveTarget pick(Predicate<Target> excluded, ClientFacts client) {
        for (BalancedGroup group : groups) {
            Target target = group.pick(excluded, client);
            if (target != null) {
                if (layers(target) == null) {
                    throw new IllegalStateException("it picked a target that is no candidate");
                }
                return (LiveTarget) target;
            }
        }
        return null;
    }

    /** The target that {@link #pick} would answer next, without moving anything; {@code null} if none. Any thread. */
    public LiveTarget preview(ClientFacts client) {
        BalancedGroup[] now = groups;
        return now.length == 0 ? null : (LiveTarget) now[0].preview(client);
    }

    /** What leads to a target; {@code null} if it is none of this service. */
    List<UpstreamLayer> layers(Target target) {
        Listed now = listed;
        TargetPlan found = now.plans().get(target);
        TargetPlan plan = found == null ? now.before().get(target) : found;
        return plan == null ? null : plan.layers();
    }

    @Override
    protected void ended() {
        state.ended(this);
    }

    @Override
    public String toString() {
        return plan.toString();
    }
}
