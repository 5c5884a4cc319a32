package io.sluice.kernel.control;

import io.sluice.kernel.plan.Fakes;
import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.config.NoConfig;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.ServiceInfo;
import java.util.List;
import java.util.function.Predicate;

/** A balancer that moves with every pick, so that a preview that moved something would be found out. */
final class InTurn implements Fakes.DefaultBalancer {

    @Override
    public String name() {
        return "in_turn";
    }

    @Override
    public Balancer create(NoConfig config, ServiceInfo service) {
        return new Balancer() {
            private List<Target> candidates = List.of();
            private int next;

            @Override
            public synchronized void targets(List<Target> now) {
                candidates = List.copyOf(now);
                next = 0;
            }

            @Override
            public synchronized Target pick(Predicate<Target> attempted, ClientFacts client) {
                Target target = preview(client);
                next++;
                return target != null && attempted.test(target) ? null : target;
            }

            @Override
            public synchronized Target preview(ClientFacts client) {
                return candidates.isEmpty() ? null : candidates.get(next % candidates.size());
            }
        };
    }
}
