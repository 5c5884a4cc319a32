package com.example.byclient;

import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.BalancerFactory;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.config.NoConfig;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.ServiceInfo;
import java.util.List;
import java.util.function.Predicate;

/** {@code "balancer": "by_client"}: a client's address decides, so that it reaches the same target each time. */
public final class ByClient implements BalancerFactory<NoConfig> {

    @Override
    public String name() {
        return "by_client";
    }

    @Override
    public Class<NoConfig> configType() {
        return NoConfig.class;
    }

    @Override
    public Balancer create(NoConfig config, ServiceInfo service) {
        return new Balancer() {
            private volatile List<Target> targets = List.of();

            @Override
            public void targets(List<Target> candidates) {
                targets = List.copyOf(candidates);
            }

            @Override
            public Target pick(Predicate<Target> attempted, ClientFacts client) {
                List<Target> all = targets;
                int hash = client.client().source().getAddress().hashCode() * 0x9E3779B9 >>> 1;
                for (int step = 0; step < all.size(); step++) {
                    Target target = all.get((hash % all.size() + step) % all.size());
                    if (!attempted.test(target)) {
                        return target;
                    }
                }
                return null;
            }

            @Override
            public Target preview(ClientFacts client) {
                return pick(target -> false, client);
            }
        };
    }
}
