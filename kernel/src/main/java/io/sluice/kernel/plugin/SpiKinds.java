package io.sluice.kernel.plugin;

import io.sluice.spi.Extension;
import io.sluice.spi.access.AccessPolicyFactory;
import io.sluice.spi.admin.AdminResource;
import io.sluice.spi.admin.AdminServer;
import io.sluice.spi.balancer.BalancerFactory;
import io.sluice.spi.discovery.TargetDiscovery;
import io.sluice.spi.health.HealthCommand;
import io.sluice.spi.observer.ConnectionObserverFactory;
import io.sluice.spi.protocol.ClientProtocol;
import io.sluice.spi.protocol.UpstreamProtocol;
import java.util.List;

/** The kinds of extension that a plugin may offer. */
final class SpiKinds {

    static final List<Class<? extends Extension>> ALL = List.of(ClientProtocol.class, UpstreamProtocol.class,
            BalancerFactory.class, AccessPolicyFactory.class, HealthCommand.class, TargetDiscovery.class,
            ConnectionObserverFactory.class, AdminServer.class, AdminResource.class);

    private SpiKinds() {
    }
}
