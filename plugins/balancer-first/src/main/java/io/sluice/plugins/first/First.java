package io.sluice.plugins.first;

import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.connection.ClientFacts;
import java.util.List;
import java.util.function.Predicate;

/** Targets in the order of the list; weights do not matter. */
final class First implements Balancer {

    private volatile Target[] targets = {};

    @Override
    public void targets(List<Target> candidates) {
        targets = candidates.toArray(Target[]::new);
    }

    @Override
    public Target pick(Predicate<Target> attempted, ClientFacts client) {
        for (Target target : targets) {
            if (!attempted.test(target)) {
                return target;
            }
        }
        return null;
    }

    @Override
    public Target preview(ClientFacts client) {
        Target[] now = targets;
        return now.length == 0 ? null : now[0];
    }
}
