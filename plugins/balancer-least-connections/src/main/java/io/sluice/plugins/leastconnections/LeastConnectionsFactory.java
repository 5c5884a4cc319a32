package io.sluice.plugins.leastconnections;

import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.BalancerFactory;
import io.sluice.spi.config.NoConfig;
import io.sluice.spi.connection.ServiceInfo;

/** {@code "balancer": "least_connections"}: the target with the fewest connections for its weight. */
public final class LeastConnectionsFactory implements BalancerFactory<NoConfig> {

    @Override
    public String name() {
        return "least_connections";
    }

    @Override
    public Class<NoConfig> configType() {
        return NoConfig.class;
    }

    @Override
    public Balancer create(NoConfig config, ServiceInfo service) {
        return new LeastConnections();
    }
}
