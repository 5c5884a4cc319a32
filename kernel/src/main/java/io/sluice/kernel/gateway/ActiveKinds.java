package io.sluice.kernel.gateway;

import io.sluice.kernel.gateway.ActiveExtensions.Handover;
import io.sluice.kernel.gateway.ActiveExtensions.Kind;
import io.sluice.spi.admin.AdminDoor;
import io.sluice.spi.admin.AdminResource;
import io.sluice.spi.admin.AdminRoute;
import io.sluice.spi.admin.AdminServer;
import io.sluice.spi.control.GatewayControl;
import io.sluice.spi.observer.ConnectionObserver;
import io.sluice.spi.observer.ConnectionObserverFactory;
import java.nio.file.Path;
import java.util.List;

/** The kinds of which every installed extension is active, with their generics tamed in one place. */
@SuppressWarnings("unchecked")
final class ActiveKinds {

    private static final Class<ConnectionObserverFactory<Record>> OBSERVER =
            (Class<ConnectionObserverFactory<Record>>) (Class<?>) ConnectionObserverFactory.class;
    private static final Class<AdminServer<Record>> SERVER = (Class<AdminServer<Record>>) (Class<?>) AdminServer.class;
    private static final Class<AdminResource<Record>> RESOURCE =
            (Class<AdminResource<Record>>) (Class<?>) AdminResource.class;

    private ActiveKinds() {
    }

    /** Relative paths in their settings count from the base folder. */
    static Kind<ConnectionObserverFactory<Record>, ConnectionObserver> observers(Path base) {
        return new Kind<>(OBSERVER, ConnectionObserverFactory::settingsPath, (factory, config) -> factory.check(config, base),
                (offer, config) -> offer.extension().create(config, base), ConnectionObserver::close, Handover.NEW_FIRST);
    }

    /** Routes hold their plugin's code only while they answer. */
    static Kind<AdminResource<Record>, List<AdminRoute>> resources(GatewayControl gateway) {
        return new Kind<>(RESOURCE, AdminResource::settingsPath,
                (offer, config) -> PinnedRoutes.of(offer.extension().mount(config, gateway), offer.generation()),
                routes -> { }, Handover.NEW_FIRST);
    }

    /** A port can be open once. */
    static Kind<AdminServer<Record>, AdminServer.Running> servers(GatewayControl gateway, AdminDoor door) {
        return new Kind<>(SERVER, AdminServer::settingsPath,
                (offer, config) -> offer.extension().start(config, gateway, door), AdminServer.Running::close,
                Handover.OLD_FIRST);
    }
}
