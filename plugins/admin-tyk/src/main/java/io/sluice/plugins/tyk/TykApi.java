package io.sluice.plugins.tyk;

import io.sluice.spi.admin.AdminHandler;
import io.sluice.spi.admin.AdminResource;
import io.sluice.spi.admin.AdminRoute;
import io.sluice.spi.admin.AdminRoute.Access;
import io.sluice.spi.config.NoConfig;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.GatewayControl;
import io.sluice.spi.control.ServiceControl.Mode;
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
        Map<String, Object> definition = Map.of("type", "object", "description", "See /v1/schema.");
        Map<String, Object> done = Described.strings("key", "status", "action");
        Map<String, Object> said = Described.strings("status", "message");
        Routes routes = new Routes(replies);
        routes.add("GET", "/tyk/apis", request -> definitions.list(),
                new Described("All definitions.").answers(Described.list(definition)));
        routes.add("POST", "/tyk/apis", definitions::add, new Described("Adds a definition, or takes the place of one with its api_id.")
                .change().takes("application/json", definition).answers(done).refuses(400, 409, 503));
        routes.add("GET", "/tyk/apis/{id}", definitions::find,
                new Described("One definition, every field as it came.").answers(definition).refuses(404));
        routes.add("PUT", "/tyk/apis/{id}", definitions::replace, new Described("Replaces a definition.")
                .change().takes("application/json", definition).answers(done).refuses(400, 404, 409, 503));
        routes.add("DELETE", "/tyk/apis/{id}", definitions::remove,
                new Described("Removes a definition.").change().answers(done).refuses(400, 404, 503));
        AdminHandler reload = request -> {
            if (Replies.mode(request) == Mode.DRY_RUN) {
                return replies.ok(Map.of("status", "ok", "message", Replies.reasons(gateway.previewReload().problems())));
            }
            gateway.reload();
            return replies.ok(Map.of("status", "ok", "message", ""));
        };
        routes.add("GET", "/tyk/reload", reload,
                new Described("Reads settings, definitions and plugins now.").change().answers(said).refuses(400, 503));
        routes.add("GET", "/tyk/reload/group", reload,
                new Described("The same: there is no group.").change().answers(said).refuses(400, 503));
        routes.add("GET", "/tyk/certs", certificates::list, new Described("The ids of all certificates.")
                .query("org_id", "goes in front of ids").query("mode", "detailed: with names and dates")
                .answers(Certificates.LISTED));
        routes.add("POST", "/tyk/certs", certificates::add, new Described("Adds a certificate, its chain and its key: PEM text.")
                .change().query("org_id", "goes in front of its id").takes("application/x-pem-file", Map.of("type", "string"))
                .answers(Described.strings("id", "status", "message")).refuses(400, 403, 503));
        routes.add("GET", "/tyk/certs/{id}", certificates::find, new Described("One certificate, or several by ids with commas.")
                .answers(Certificates.SHOWN).refuses(404));
        routes.add("DELETE", "/tyk/certs/{id}", certificates::remove,
                new Described("Removes a certificate.").change().answers(said).refuses(400, 409, 503));
        return routes.all();
    }

    /** Tyk takes a slash at the end of a path for none. */
    private static final class Routes {

        private final Replies replies;
        private final List<AdminRoute> all = new ArrayList<>();

        Routes(Replies replies) {
            this.replies = replies;
        }

        void add(String method, String path, AdminHandler handler, Described described) {
            AdminHandler answering = request -> {
                try {
                    return handler.handle(request);
                } catch (ControlRefused refused) {
                    return replies.refused(refused);
                }
            };
            all.add(new AdminRoute(method, path, Access.TYK, answering).described(described.operation()));
            all.add(new AdminRoute(method, path + "/", Access.TYK, answering));
        }

        List<AdminRoute> all() {
            return List.copyOf(all);
        }
    }
}
