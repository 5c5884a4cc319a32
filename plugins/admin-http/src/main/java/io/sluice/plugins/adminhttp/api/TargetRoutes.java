package io.sluice.plugins.adminhttp.api;

import io.sluice.spi.admin.AdminHandler;
import io.sluice.spi.admin.AdminRequest;
import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.ConversationReport;
import io.sluice.spi.control.GatewayControl;
import io.sluice.spi.control.ProbeReport;
import io.sluice.spi.control.ServiceControl.Mode;
import io.sluice.spi.control.TargetControl.Closing;
import io.sluice.spi.control.TargetControl;
import io.sluice.spi.control.TargetStatus.State;
import io.sluice.spi.control.TargetStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Targets: their health, their operator states, probes on demand. */
final class TargetRoutes {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");
    /** As for all durations of the configuration. */
    private static final Duration LONGEST = Duration.ofDays(365);

    /**
     * What becomes of live connections.
     *
     * @param deadline closes those that are left after so long
     * @param close    closes them at once
     */
    record Closure(String deadline, boolean close) {
    }

    private final TargetControl targets;
    private final Answers answers;

    TargetRoutes(GatewayControl gateway, Answers answers) {
        this.targets = gateway.targets();
        this.answers = answers;
    }

    List<Operation> all() {
        String one = "/v1/targets/{service}/{target}";
        return List.of(
                Operation.of("GET", "/v1/targets", "All targets of the services that run.")
                        .query("service", "a service's id").paged().answers(new Shape.PageOf(TargetStatus.class))
                        .by(this::list),
                Operation.of("GET", one, "One target.").answers(new Shape.Of(TargetStatus.class)).refuses(404)
                        .by(request -> answers.ok(known(request))),
                Operation.of("GET", one + "/probes", "The latest probes of a target, the newest first.")
                        .paged()
                        .answers(new Shape.PageOf(ProbeReport.class)).refuses(404).by(request -> answers.page(request,
                                () -> targets.probes(service(request), target(request)), probe -> probe.time().toString())),
                Operation.of("POST", one + "/check", "Probes a target now; where nothing checks it, the connection is the check.").answers(new Shape.Of(ProbeReport.class))
                        .refuses(404, 503)
                        .by(request -> answers.ok(targets.probe(service(request), target(request)))),
                state(Operation.of("POST", one + "/drain", "No new connections to the target."), State.DRAINING),
                state(Operation.of("POST", one + "/maintain", "No new connections and no probes."), State.MAINTENANCE),
                state(Operation.of("POST", one + "/ready", "Undoes both."), State.READY),
                Operation.of("POST", "/v1/conversations", "Tries a check without saving it.")
                        .takes(new Shape.Free("application/json", "One entry of check_list."))
                        .answers(new Shape.Of(ConversationReport.class)).refuses(400, 503)
                        .by(request -> answers.ok(targets.converse(Answers.text(request)))));
    }

    private Operation state(Operation operation, State state) {
        AdminHandler handler = request -> {
            Closing closing = closing(request);
            return Answers.mode(request) == Mode.DRY_RUN ? answers.preview(known(request))
                    : answers.ok(targets.set(service(request), target(request), state, closing));
        };
        return operation.flag("close", "true closes its live connections at once")
                .query("deadline", "closes those that are left after so long: 30s, 5m")
                .flag("dry_run", "true only looks for it")
                .mayTake(new Shape.Of(Closure.class))
                .answers(new Shape.Of(TargetStatus.class)).refuses(400, 404).by(handler);
    }

    private AdminResponse list(AdminRequest request) throws ControlRefused {
        Optional<String> service = request.parameter("service");
        return answers.page(request, () -> targets.all().stream()
                .filter(target -> service.filter(id -> !id.equals(target.service())).isEmpty()).toList(),
                target -> target.service() + " " + target.id());
    }

    private TargetStatus known(AdminRequest request) throws ControlRefused {
        return targets.find(service(request), target(request)).orElseThrow(() ->
                new ControlRefused(Reason.UNKNOWN, "there is no such target"));
    }

    private static String service(AdminRequest request) {
        return request.variable("service");
    }

    private static String target(AdminRequest request) {
        return request.variable("target");
    }

    /** In the query or in the body, which say the same. */
    private Closing closing(AdminRequest request) throws ControlRefused {
        Closure body = request.body().length == 0 ? new Closure(null, false) : answers.read(request, Closure.class);
        if (Answers.flag(request, "close") || body.close()) {
            return new Closing(Optional.of(Duration.ZERO));
        }
        String deadline = request.parameter("deadline").orElse(body.deadline());
        if (deadline == null) {
            return Closing.NEVER;
        }
        Matcher matcher = DURATION.matcher(deadline);
        if (!matcher.matches()) {
            throw new ControlRefused(Reason.INVALID, "deadline (expected: a duration like 30s or 5m)");
        }
        long number = Long.parseLong(matcher.group(1));
        Duration after = switch (matcher.group(2) == null ? "s" : matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofSeconds(number);
        };
        if (after.compareTo(LONGEST) > 0) {
            throw new ControlRefused(Reason.INVALID, "deadline: " + deadline + " (expected: at most " + LONGEST.toHours() + "h)");
        }
        return new Closing(Optional.of(after));
    }
}
