package io.sluice.kernel.upstream;

import io.sluice.kernel.plan.ServicePlan;
import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.connection.ClientFacts;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The targets of one priority and their balancer. Candidates change on the {@link Steering} thread. */
final class BalancedGroup {

    private static final Logger LOG = LoggerFactory.getLogger(BalancedGroup.class);

    private final ServicePlan plan;
    private List<Target> candidates = List.of();
    private int[] weights = {};
    private volatile Balancer balancer;
    private volatile Throwable fault;

    BalancedGroup(ServicePlan plan) {
        this.plan = plan;
    }

    /** The targets from now on, at least one. A balancer is told only what is new to it. */
    void candidates(List<Target> now) {
        int[] weighing = now.stream().mapToInt(Target::weight).toArray();
        if (fault == null && candidates.equals(now) && Arrays.equals(weights, weighing)) {
            return;
        }
        candidates = List.copyOf(now);
        weights = weighing;
        try {
            Balancer balancing = balancer == null ? plan.balancers().get() : balancer;
            balancing.targets(candidates);
            balancer = balancing;
            fault = null;
        } catch (Throwable e) {
            LOG.error("the balancer of service {} failed: its clients are refused", plan.info().id(), e);
            fault = e;
        }
    }

    /** The failure of a balancer that could not be set up is each connection's reason, and what a preview tells. */
    Target pick(Predicate<Target> attempted, ClientFacts client) {
        if (fault != null) {
            throw new IllegalStateException(fault.toString());
        }
        return balancer.pick(attempted, client);
    }

    Target preview(ClientFacts client) {
        if (fault != null) {
            throw new IllegalStateException(fault.toString());
        }
        return balancer.preview(client);
    }
}
