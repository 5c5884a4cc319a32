package io.sluice.plugins.sourcehash;

import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.BalancerFactory;
import io.sluice.spi.connection.ServiceInfo;

/** {@code "balancer": "source_hash"}: the same target for the same client, as long as it is there. */
public final class SourceHashFactory implements BalancerFactory<SourceHashConfig> {

    @Override
    public String name() {
        return "source_hash";
    }

    @Override
    public Class<SourceHashConfig> configType() {
        return SourceHashConfig.class;
    }

    @Override
    public Balancer create(SourceHashConfig config, ServiceInfo service) {
        return new SourceHash(config);
    }
}
