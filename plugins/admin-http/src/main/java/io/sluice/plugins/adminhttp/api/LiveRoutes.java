package io.sluice.plugins.adminhttp.api;

import io.sluice.spi.admin.AdminRequest;
import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.control.ConnectionControl.Filter;
import io.sluice.spi.control.ConnectionControl;
import io.sluice.spi.control.ConnectionStatus;
import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.GatewayControl;
import io.sluice.spi.control.PluginStatus;
import io.sluice.spi.control.ServiceControl.Mode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Live connections, and plugins. */
final class LiveRoutes {

    /** The states of plugins whose extensions are used, those of new connections first. */
    private static final List<String> SERVING = List.of("ACTIVE", "MISSING_FILE", "FAILED", "DRAINING");
    private static final Shape CLOSED = new Shape.Members(Map.of("closed", "integer"));

    private final GatewayControl gateway;
    private final Answers answers;

    LiveRoutes(GatewayControl gateway, Answers answers) {
        this.gateway = gateway;
        this.answers = answers;
    }

    List<Operation> all() {
        return List.of(
                filtered(Operation.of("GET", "/v1/connections", "Live connections, the oldest first."))
                        .paged()
                        .answers(new Shape.PageOf(ConnectionStatus.class))
                        .by(request -> answers.inTurn(() -> connections(request))),
                Operation.of("GET", "/v1/connections/{id}", "One live connection.")
                        .answers(new Shape.Of(ConnectionStatus.class)).refuses(404)
                        .by(request -> answers.ok(known(request.variable("id")))),
                filtered(Operation.of("DELETE", "/v1/connections", "Closes live connections; a filter must say which."))
                        .number("rate", "how many a second; without it all at once", 1, 1_000_000).flag("dry_run", "true only counts them")
                        .answers(CLOSED).refuses(400).by(this::closeSome),
                Operation.of("DELETE", "/v1/connections/{id}", "Closes one live connection.")
                        .flag("dry_run", "true only looks for it").answers(CLOSED).refuses(404).by(this::closeOne),
                Operation.of("GET", "/v1/plugins", "All plugins.").paged().answers(new Shape.PageOf(PluginStatus.class))
                        .by(request -> answers.page(request, gateway.plugins()::all,
                                plugin -> plugin.name() + "#" + plugin.generation() + plugin.file())),
                Operation.of("GET", "/v1/plugins/{name}", "One plugin; of several files of one name that which serves.")
                        .answers(new Shape.Of(PluginStatus.class)).refuses(404)
                        .by(request -> answers.ok(plugin(request.variable("name")))),
                Operation.of("DELETE", "/v1/plugins/{name}", "Unloads a plugin by force: what needs it stops.")
                        .flag("dry_run", "true only looks for it")
                        .answers(new Shape.Members(Map.of("name", "string"))).refuses(404, 503).by(this::unload));
    }

    private static Operation filtered(Operation operation) {
        return operation.query("service", "a service's id").query("target", "a target's id, or host:port")
                .query("client", "the presented client's address");
    }

    private static Filter filter(AdminRequest request) {
        return new Filter(Optional.empty(), word(request, "service"), word(request, "target"), word(request, "client"));
    }

    /** An empty word is none: a script whose variable is unset must not close everything. */
    private static Optional<String> word(AdminRequest request, String name) {
        return request.parameter(name).filter(value -> !value.isEmpty());
    }

    private Map<String, Object> connections(AdminRequest request) throws ControlRefused {
        ConnectionControl.Page page = gateway.connections().page(filter(request), Page.cursor(request), Page.limit(request));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("items", page.items());
        body.put("total", page.total());
        page.next().ifPresent(next -> body.put("next", next));
        return body;
    }

    private ConnectionStatus known(String id) throws ControlRefused {
        return gateway.connections().find(id).orElseThrow(LiveRoutes::unknown);
    }

    private static ControlRefused unknown() {
        return new ControlRefused(Reason.UNKNOWN, "there is no such live connection");
    }

    private AdminResponse closeSome(AdminRequest request) throws ControlRefused {
        Filter filter = filter(request);
        if (filter.equals(Filter.ALL)) {
            throw new ControlRefused(Reason.INVALID, "which connections? (expected: service, target or client in the query)");
        }
        int rate = Answers.number(request, "rate", 0, 1, 1_000_000);
        return closed(request, Answers.mode(request) == Mode.DRY_RUN ? gateway.connections().count(filter)
                : gateway.connections().close(filter, rate));
    }

    private AdminResponse closeOne(AdminRequest request) throws ControlRefused {
        String id = known(request.variable("id")).id();
        int count = Answers.mode(request) == Mode.DRY_RUN ? 1 : gateway.connections().close(
                new Filter(Optional.of(id), Optional.empty(), Optional.empty(), Optional.empty()), 0);
        if (count == 0) {
            // it ended, or someone else closed it, in between
            throw unknown();
        }
        return closed(request, count);
    }

    private AdminResponse closed(AdminRequest request, int count) throws ControlRefused {
        Map<String, Integer> body = Map.of("closed", count);
        return Answers.mode(request) == Mode.DRY_RUN ? answers.preview(body) : answers.ok(body);
    }

    private PluginStatus plugin(String name) throws ControlRefused {
        return gateway.plugins().all().stream().filter(plugin -> plugin.name().equals(name))
                .min(Comparator.comparingInt(plugin -> SERVING.contains(plugin.state()) ? SERVING.indexOf(plugin.state()) : SERVING.size()))
                .orElseThrow(() -> new ControlRefused(Reason.UNKNOWN, "there is no such plugin"));
    }

    private AdminResponse unload(AdminRequest request) throws ControlRefused {
        String name = request.variable("name");
        if (Answers.mode(request) == Mode.DRY_RUN) {
            if (gateway.plugins().all().stream().noneMatch(plugin -> plugin.name().equals(name) && plugin.generation() > 0)) {
                throw new ControlRefused(Reason.UNKNOWN, "there is no such plugin");
            }
            return answers.preview(Map.of("name", name));
        }
        gateway.plugins().unload(name);
        return answers.ok(Map.of("name", name));
    }
}
