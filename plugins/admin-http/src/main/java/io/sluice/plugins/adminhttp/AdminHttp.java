package io.sluice.plugins.adminhttp;

import io.sluice.plugins.adminhttp.api.ApiRoutes;
import io.sluice.spi.admin.AdminDoor;
import io.sluice.spi.admin.AdminServer;
import io.sluice.spi.control.GatewayControl;
import java.util.LinkedHashMap;
import java.util.Map;

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
        RouteTable routes = new RouteTable(ApiRoutes.of(gateway, door::mounted), door::mounted);
        Map<Place, Reception> places = new LinkedHashMap<>();
        door.address().map(BindAddress::parse).ifPresent(address -> places.put(
                door.inherited().<Place>map(socket -> new InheritedPort(socket, door)).orElse(new TcpPort(address, door)),
                new Reception(routes, door, gateway.json(), host -> HostRule.admits(host, door.hosts()))));
        // no web page gets a browser to connect to a file, so it does not matter there what the host is called
        door.socket().ifPresent(path -> places.put(new SocketFile(path, door),
                new Reception(routes, door, gateway.json(), host -> true)));
        return places.isEmpty() ? () -> { } : HttpServer.start(config, places);
    }
}
