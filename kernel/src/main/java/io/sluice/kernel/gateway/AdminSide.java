package io.sluice.kernel.gateway;

import io.sluice.kernel.config.Settings;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.problem.Problem;
import io.sluice.spi.admin.AdminResource;
import io.sluice.spi.admin.AdminRoute;
import io.sluice.spi.admin.AdminServer;
import io.sluice.spi.control.GatewayControl;
import java.util.ArrayList;
import java.util.List;

/** Admin servers and what is mounted in them. Used by the control thread only. */
final class AdminSide {

    private final Door door;
    private final ActiveExtensions<AdminResource<Record>, List<AdminRoute>> resources;
    private final ActiveExtensions<AdminServer<Record>, AdminServer.Running> servers;

    AdminSide(Door door, GatewayControl gateway) {
        this.door = door;
        this.resources = new ActiveExtensions<>(ActiveKinds.resources(gateway));
        this.servers = new ActiveExtensions<>(ActiveKinds.servers(gateway, door));
    }

    /** Follows plugins and settings; answers what is wrong. */
    List<Problem> update(ExtensionCatalog catalog, Settings settings) {
        List<Problem> problems = new ArrayList<>(door.update(settings));
        problems.addAll(resources.update(catalog, settings));
        door.mount(resources.active().stream().flatMap(List::stream).toList());
        resources.stopRetired();
        problems.addAll(servers.update(catalog, settings));
        servers.stopRetired();
        if (servers.active().isEmpty()) {
            door.shut();
        }
        return problems;
    }

    /** Where operators can come in. Any thread. */
    Door.Open open() {
        return door.open();
    }

    /** Called on any thread when {@link #open} has changed. */
    void onChange(Runnable told) {
        door.onChange(told);
    }

    void close() {
        servers.close();
        resources.close();
        door.shut();
    }
}
