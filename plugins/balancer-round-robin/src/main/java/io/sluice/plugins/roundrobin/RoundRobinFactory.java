package io.sluice.plugins.roundrobin;

import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.BalancerFactory;
import io.sluice.spi.config.NoConfig;
import io.sluice.spi.connection.ServiceInfo;

/** {@code "balancer": "round_robin"}: the targets in turn, each as often as its weight says, evenly spread. */
public final class RoundRobinFactory implements BalancerFactory<NoConfig> {

    @Override
    public String name() {
        return "round_robin";
    }

    /** A service that names no balancer takes its targets in turn. */
    @Override
    public boolean isDefault() {
        return true;
    }

    @Override
    public Class<NoConfig> configType() {
        return NoConfig.class;
    }

    @Override
    public Balancer create(NoConfig config, ServiceInfo service) {
        return new RoundRobin();
    }
}
