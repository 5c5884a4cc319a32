package io.sluice.kernel.upstream;

import io.sluice.kernel.plan.ServicePlan;
import io.sluice.kernel.plan.TargetPlan;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What lives of a service beside its plans: targets, counts, rates. Thread-safe. */
public final class ServiceState {

    private final Map<String, LiveTarget> targets = new ConcurrentHashMap<>();
    private final ConnectionCounts counts = new ConnectionCounts();
    private final RateLimit rate = new RateLimit();
    private volatile ServicePlan plan;

    /** The plan that the service has from now on. */
    public void plan(ServicePlan now) {
        plan = now;
    }

    /** Its newest plan, which connections of older ones have to please as well. */
    public ServicePlan plan() {
        return plan;
    }

    /** The live targets of a plan, in its order; the same object for the same target, over plans. */
    List<LiveTarget> targets(List<TargetPlan> plans) {
        return plans.stream().map(plan -> {
            LiveTarget target = targets.computeIfAbsent(plan.id(), id -> new LiveTarget(plan));
            target.plan(plan);
            return target;
        }).toList();
    }

    public ConnectionCounts counts() {
        return counts;
    }

    public RateLimit rate() {
        return rate;
    }
}
