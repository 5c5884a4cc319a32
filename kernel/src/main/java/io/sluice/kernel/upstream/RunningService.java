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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service at work: its plan, its state, and a balancer for each group of targets with the same priority. */
public final class RunningService extends Counted {

    private static final Logger LOG = LoggerFactory.getLogger(RunningService.class);

    private final ServicePlan plan;
    private final ServiceState state;
    private final List<Balancer> groups;
    private final Map<Target, List<UpstreamLayer>> layers = new HashMap<>();
    private volatile boolean shut;

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
        try {
            Balancer balancer = plan.balancers().get();
            balancer.targets(candidates);
            return balancer;
        } catch (Throwable e) {
            LOG.error("the balancer of service {} failed: its clients are refused", plan.info().id(), e);
            return new Failed(e);
        }
    }

    /** Stands for a balancer that could not be set up; the failure is each connection's reason. */
    private record Failed(Throwable cause) implements Balancer {

        @Override
        public void targets(List<Target> candidates) {
        }

        @Override
        public Target pick(Predicate<Target> attempted, ClientFacts client) {
            throw new IllegalStateException(cause.toString());
        }

        @Override
        public Target preview(ClientFacts client) {
            return null;
        }
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

    /** The target of the next try: of the best group that has one left; {@code null} if none has. Any event loop. */
    LiveTarget pick(Predicate<Target> attempted, ClientFacts client) {
        for (int i = 0; i < groups.size(); i++) {
            Target target = groups.get(i).pick(attempted, client);
            if (target != null && !layers.containsKey(target)) {
                throw new IllegalStateException("it picked a target that is no candidate");
            }
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
