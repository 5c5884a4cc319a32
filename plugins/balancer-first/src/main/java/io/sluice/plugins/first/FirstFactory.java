package io.sluice.plugins.first;

import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.BalancerFactory;
import io.sluice.spi.config.NoConfig;
import io.sluice.spi.connection.ServiceInfo;

/** {@code "balancer": "first"}: the first target of the list that can be used. */
public final class FirstFactory implements BalancerFactory<NoConfig> {

    @Override
    public String name() {
        return "first";
    }

    @Override
    public Class<NoConfig> configType() {
        return NoConfig.class;
    }

    @Override
    public Balancer create(NoConfig config, ServiceInfo service) {
        return new First();
    }
}
