package io.sluice.plugins.adminhttp.api;

import io.sluice.spi.admin.AdminRequest;
import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.GatewayControl;
import io.sluice.spi.control.Outcome;
import io.sluice.spi.control.Preview;
import io.sluice.spi.control.Revision;
import io.sluice.spi.control.ServiceControl.Mode;
import io.sluice.spi.control.ServiceControl.Order;
import io.sluice.spi.control.ServiceControl;
import io.sluice.spi.control.ServiceStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Services and their definitions. */
final class ServiceRoutes {

    private static final int LONGEST_AUTHOR = 64;

    private final ServiceControl services;
    private final Answers answers;

    ServiceRoutes(GatewayControl gateway, Answers answers) {
        this.services = gateway.services();
        this.answers = answers;
    }

    List<Operation> all() {
        return List.of(
                Operation.of("GET", "/v1/services", "All services: those that run, parked ones, refused ones.")
                        .paged()
                        .answers(new Shape.PageOf(ServiceStatus.class))
                        .by(request -> answers.page(request, services::all, ServiceStatus::id)),
                Operation.of("GET", "/v1/services/{id}", "One service; its ETag stands for the definition.")
                        .header("If-None-Match", "the ETag of what is known already")
                        .answers(new Shape.Of(ServiceStatus.class)).tagged().conditional().refuses(404).by(this::get),
                change(Operation.of("PUT", "/v1/services/{id}", "Creates or changes a service: validated, stored, applied at once."))
                        .header("If-None-Match", "*: only if there is none yet").takes(new Shape.Definition()).creates().tagged()
                        .refuses(400, 409, 412, 428, 503).by(this::put),
                change(Operation.of("DELETE", "/v1/services/{id}", "Removes a service."))
                        .refuses(400, 404, 412, 428, 503).by(this::delete),
                Operation.of("POST", "/v1/check", "What a definition would change, and what is wrong with it.")
                        .flag("dry_run", "makes no difference: a check never changes anything")
                        .takes(new Shape.Definition()).answers(new Shape.Of(Preview.class)).refuses(400)
                        .by(request -> answers.ok(services.check(Answers.text(request)))),
                Operation.of("GET", "/v1/history", "The last changes of definitions, the newest first.")
                        .paged()
                        .answers(new Shape.PageOf(Revision.class)).by(request ->
                                answers.page(request, services::history, revision -> Long.toString(revision.id()))),
                Operation.of("POST", "/v1/history/{id}/rollback", "Puts all definitions back to what they were after a change.")
                        .flag("dry_run", "true only previews it")
                        .header("X-Author", "who asks for it, for the history").answers(new Shape.Done("integer"))
                        .refuses(400, 404, 409, 503).by(this::rollback));
    }

    private static Operation change(Operation operation) {
        return operation.flag("dry_run", "true only previews it")
                .header("If-Match", "the ETag of the definition that is meant, or *; needed for one that exists")
                .header("X-Author", "who asks for it, for the history").answers(new Shape.Done("string"));
    }

    private AdminResponse get(AdminRequest request) throws ControlRefused {
        ServiceStatus service = services.find(request.variable("id")).orElseThrow(() ->
                new ControlRefused(Reason.UNKNOWN, "there is no such service"));
        AdminResponse answer = Conditions.isKnown(request, service.etag()) ? AdminResponse.text(304, "application/json", "")
                : answers.ok(service);
        return answer.with("etag", service.etag());
    }

    private AdminResponse put(AdminRequest request) throws ControlRefused {
        Outcome outcome = services.put(request.variable("id"), Answers.text(request), order(request));
        AdminResponse answer = shown(outcome.id(), outcome, request, outcome.created() ? 201 : 200);
        return Answers.mode(request) == Mode.DRY_RUN ? answer : answer.with("etag", outcome.etag());
    }

    private AdminResponse delete(AdminRequest request) throws ControlRefused {
        return shown(request.variable("id"), services.delete(request.variable("id"), order(request)), request, 200);
    }

    private AdminResponse rollback(AdminRequest request) throws ControlRefused {
        try {
            long change = Long.parseLong(request.variable("id"));
            return shown(change, services.rollback(change, order(request)), request, 200);
        } catch (NumberFormatException e) {
            throw new ControlRefused(Reason.UNKNOWN, "there is no such change");
        }
    }

    /** What a change has done, or would do; under the id that was asked for: a service's, or that of an earlier change. */
    private AdminResponse shown(Object id, Outcome outcome, AdminRequest request, int status) throws ControlRefused {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", id);
        body.put("revision", outcome.revision());
        body.put("changes", outcome.changes());
        body.put("problems", outcome.problems());
        boolean dryRun = Answers.mode(request) == Mode.DRY_RUN;
        if (dryRun) {
            body.put("dry_run", true);
        }
        return answers.of(dryRun ? 200 : status, body);
    }

    private static Order order(AdminRequest request) throws ControlRefused {
        String author = request.header("x-author").orElse("").replaceAll("[^\\x21-\\x7e ]", "?").strip();
        return new Order(Conditions.of(request), author.isEmpty() ? "api"
                : author.substring(0, Math.min(LONGEST_AUTHOR, author.length())), Answers.mode(request));
    }
}
