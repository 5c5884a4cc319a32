package io.sluice.plugins.adminhttp;

import io.sluice.plugins.adminhttp.api.ApiRoutes;
import io.sluice.spi.admin.AdminDoor;
import io.sluice.spi.admin.AdminServer;
import io.sluice.spi.control.GatewayControl;
import java.util.Optional;

/** The admin API over HTTP: {@code admin_http}. */
public final class AdminHttp implements AdminServer<AdminHttpConfig> {

    @Override
    public String name() {
        return "admin_http";
    }

    @Override
    public Class<AdminHttpConfig> configType() {
        return AdminHttpConfig.class;
    }

    @Override
    public Running start(AdminHttpConfig config, GatewayControl gateway, AdminDoor door) {
        Optional<BindAddress> address = door.address().map(BindAddress::parse);
        if (address.isEmpty()) {
            return () -> { };
        }
        RouteTable routes = new RouteTable(ApiRoutes.of(gateway), door::mounted);
        return HttpServer.start(address.get(), config, new Reception(routes, door, gateway.json()), door);
    }
}
