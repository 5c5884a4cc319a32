package io.sluice.plugins.tyk;

import io.sluice.spi.admin.AdminHandler;
import io.sluice.spi.admin.AdminResource;
import io.sluice.spi.admin.AdminRoute;
import io.sluice.spi.admin.AdminRoute.Access;
import io.sluice.spi.config.NoConfig;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.GatewayControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tyk's gateway API, as far as it is about API definitions, reloading and certificates. */
public final class TykApi implements AdminResource<NoConfig> {

    @Override
    public String name() {
        return "admin_tyk";
    }

    @Override
    public Class<NoConfig> configType() {
        return NoConfig.class;
    }

    @Override
    public List<AdminRoute> mount(NoConfig config, GatewayControl gateway) {
        Replies replies = new Replies(gateway.json());
        Definitions definitions = new Definitions(gateway.services(), gateway.json(), replies);
        Certificates certificates = new Certificates(gateway.certificates(), replies);
        Routes routes = new Routes(replies);
        routes.add("GET", "/tyk/apis", request -> definitions.list());
        routes.add("POST", "/tyk/apis", definitions::add);
        routes.add("GET", "/tyk/apis/{id}", definitions::find);
        routes.add("PUT", "/tyk/apis/{id}", definitions::replace);
        routes.add("DELETE", "/tyk/apis/{id}", definitions::remove);
        AdminHandler reload = request -> {
            gateway.reload();
            return replies.ok(Map.of("status", "ok", "message", ""));
        };
        routes.add("GET", "/tyk/reload", reload);
        routes.add("GET", "/tyk/reload/group", reload);
        routes.add("GET", "/tyk/certs", certificates::list);
        routes.add("POST", "/tyk/certs", certificates::add);
        routes.add("GET", "/tyk/certs/{id}", certificates::find);
        routes.add("DELETE", "/tyk/certs/{id}", certificates::remove);
        return routes.all();
    }

    /** Tyk takes a slash at the end of a path for none. */
    private static final class Routes {

        private final Replies replies;
        private final List<AdminRoute> all = new ArrayList<>();

        Routes(Replies replies) {
            this.replies = replies;
        }

        void add(String method, String path, AdminHandler handler) {
            AdminHandler answering = request -> {
                try {
                    return handler.handle(request);
                } catch (ControlRefused refused) {
                    return replies.refused(refused);
                }
            };
            all.add(new AdminRoute(method, path, Access.TYK, answering));
            all.add(new AdminRoute(method, path + "/", Access.TYK, answering));
        }

        List<AdminRoute> all() {
            return List.copyOf(all);
        }
    }
}
