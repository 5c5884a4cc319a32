package io.sluice.plugins.adminhttp.api;

import io.sluice.spi.admin.AdminRequest;
import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.admin.AdminRoute.Access;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.Explainer.Question;
import io.sluice.spi.control.Explanation;
import io.sluice.spi.control.GatewayControl;
import io.sluice.spi.control.GatewayStatus.Phase;
import io.sluice.spi.control.GatewayStatus;
import io.sluice.spi.control.ListenerStatus;
import io.sluice.spi.control.Outcome;
import io.sluice.spi.control.RefusedConnection;
import io.sluice.spi.control.ServiceControl.Mode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The gateway as a whole, its listeners, explanations. */
final class StateRoutes {

    private final GatewayControl gateway;
    private final Answers answers;

    StateRoutes(GatewayControl gateway, Answers answers) {
        this.gateway = gateway;
        this.answers = answers;
    }

    List<Operation> all() {
        return List.of(
                Operation.of("GET", "/hello", "Whether the process answers.").open(Access.PUBLIC_ANY_HOST)
                        .answers(new Shape.Health()).by(request -> answers.of(200, health("pass", gateway.status()))),
                Operation.of("GET", "/ready", "Whether it takes connections: 503 until the first plan is applied, and while draining.")
                        .open(Access.PUBLIC_ANY_HOST).answers(new Shape.Health()).orAnswers503(new Shape.Health())
                        .by(request -> ready()),
                Operation.of("GET", "/v1/status", "The gateway as a whole, and everything that is wrong.")
                        .answers(new Shape.Of(GatewayStatus.class)).by(request -> answers.ok(gateway.status())),
                Operation.of("GET", "/v1/listeners", "What is listened on.")
                        .paged()
                        .answers(new Shape.PageOf(ListenerStatus.class))
                        .by(request -> answers.page(request, gateway::listeners, ListenerStatus::address)),
                Operation.of("POST", "/v1/reload", "Reads settings, definitions and plugins now.")
                        .flag("dry_run", "true only says what settings and definitions would change")
                        .answers(new Shape.Reloaded()).refuses(400, 503).by(this::reload),
                Operation.of("POST", "/v1/explain", "What would become of a client, and why.")
                        .takes(new Shape.Of(Question.class)).answers(new Shape.Of(Explanation.class)).refuses(400)
                        .by(request -> answers.ok(gateway.explainer().explain(answers.read(request, Question.class)))),
                Operation.of("GET", "/v1/refused", "The latest connections that were refused, with the decisions that led to it.")
                        .paged()
                        .answers(new Shape.PageOf(RefusedConnection.class))
                        .by(request -> answers.page(request, gateway.explainer()::refused, RefusedConnection::id)));
    }

    /** The plan that is in effect, and everything that is wrong now; or what would be touched, and be wrong. */
    private AdminResponse reload(AdminRequest request) throws ControlRefused {
        Map<String, Object> body = new LinkedHashMap<>();
        if (Answers.mode(request) == Mode.DRY_RUN) {
            Outcome preview = gateway.previewReload();
            body.put("revision", preview.revision());
            body.put("changes", preview.changes());
            body.put("problems", preview.problems());
            return answers.preview(body);
        }
        body.put("revision", gateway.reload());
        body.put("problems", gateway.status().problems());
        return answers.ok(body);
    }

    private AdminResponse ready() throws ControlRefused {
        GatewayStatus status = gateway.status();
        boolean ready = status.phase() == Phase.READY;
        return answers.of(ready ? 200 : 503, health(ready ? "pass" : "fail", status));
    }

    /** Tyk's shape. */
    private static Map<String, Object> health(String word, GatewayStatus status) {
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("status", word);
        health.put("version", status.version());
        health.put("description", "Sluice gateway");
        health.put("details", Map.of());
        return health;
    }
}
