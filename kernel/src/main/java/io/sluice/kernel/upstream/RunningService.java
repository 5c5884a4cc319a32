package io.sluice.kernel.upstream;

import io.sluice.kernel.plan.ServicePlan;
import io.sluice.kernel.plan.TargetPlan;
import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.protocol.UpstreamLayer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A service at work: its plan, its state, and a balancer for each group of targets with the same priority. */
public final class RunningService extends Counted {

    private final ServicePlan plan;
    private final ServiceState state;
    private final List<Balancer> groups;
    private final Map<Target, List<UpstreamLayer>> layers = new HashMap<>();

    /** Makes the balancers; control thread. */
    public RunningService(ServicePlan plan, ServiceState state) {
        super(plan.generations());
        this.plan = plan;
        this.state = state;
        List<LiveTarget> targets = state.targets(plan.targets());
        Map<Integer, List<Target>> byPriority = new TreeMap<>();
        for (int i = 0; i < targets.size(); i++) {
            TargetPlan target = plan.targets().get(i);
            layers.put(targets.get(i), target.layers());
            if (target.weight() > 0) {
                byPriority.computeIfAbsent(target.priority(), p -> new ArrayList<>()).add(targets.get(i));
            }
        }
        this.groups = byPriority.values().stream().map(this::group).toList();
    }

    private Balancer group(List<Target> candidates) {
        Balancer balancer = plan.balancers().get();
        balancer.targets(candidates);
        return balancer;
    }

    public ServicePlan plan() {
        return plan;
    }

    public ServiceState state() {
        return state;
    }

    /** The target of the next try: of the best group that has one left; {@code null} if none has. Any event loop. */
    LiveTarget pick(Predicate<Target> attempted, ClientFacts client) {
        for (int i = 0; i < groups.size(); i++) {
            Target target = groups.get(i).pick(attempted, client);
            if (target != null) {
                return (LiveTarget) target;
            }
        }
        return null;
    }

    List<UpstreamLayer> layers(LiveTarget target) {
        return layers.get(target);
    }

    @Override
    public String toString() {
        return plan.toString();
    }
}
