package io.sluice.plugins.random;

import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.BalancerFactory;
import io.sluice.spi.config.NoConfig;
import io.sluice.spi.connection.ServiceInfo;
import java.util.concurrent.ThreadLocalRandom;

/** {@code "balancer": "random"}: of two targets drawn by weight, the one with fewer connections. */
public final class RandomFactory implements BalancerFactory<NoConfig> {

    @Override
    public String name() {
        return "random";
    }

    @Override
    public Class<NoConfig> configType() {
        return NoConfig.class;
    }

    @Override
    public Balancer create(NoConfig config, ServiceInfo service) {
        return new TwoChoices(ThreadLocalRandom.current().nextLong());
    }
}
