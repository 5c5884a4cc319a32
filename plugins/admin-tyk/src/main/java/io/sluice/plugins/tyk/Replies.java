package io.sluice.plugins.tyk;

import io.sluice.spi.admin.AdminRequest;
import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.Problem;
import io.sluice.spi.control.ServiceControl.Mode;
import io.sluice.spi.json.Json;
import io.sluice.spi.json.JsonException;
import io.sluice.spi.json.JsonMistake;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Answers in Tyk's shapes. */
final class Replies {

    private static final String DRY_RUN = "dry_run";

    private final Json json;

    Replies(Json json) {
        this.json = json;
    }

    /**
     * Whether the request is only a preview. Clients made for Tyk may send parameters of Tyk's that mean nothing here, but
     * what looks like a misspelt {@code dry_run} must not become a change.
     */
    static Mode mode(AdminRequest request) throws ControlRefused {
        for (String name : request.query().keySet()) {
            String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
            if (!name.equals(DRY_RUN) && (letters.equals("dryrun") || letters.equals("dry"))) {
                throw new ControlRefused(ControlRefused.Reason.INVALID, "unknown parameter: " + name + " (expected: dry_run)");
            }
        }
        List<String> words = request.query().getOrDefault(DRY_RUN, List.of("false"));
        if (!words.equals(List.of("true")) && !words.equals(List.of("false"))) {
            throw new ControlRefused(ControlRefused.Reason.INVALID,
                    "dry_run: " + String.join(", ", words) + " (expected: true or false, once)");
        }
        return words.get(0).equals("false") ? Mode.APPLY : Mode.DRY_RUN;
    }

    AdminResponse ok(Object body) {
        return AdminResponse.json(200, json.write(body));
    }

    /** What Tyk answers to a change of a definition. */
    AdminResponse done(String id, String action) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("key", id);
        body.put("status", "ok");
        body.put("action", action);
        return ok(body);
    }

    AdminResponse error(int status, String message) {
        return error(status, message, List.of());
    }

    /** Text that is no JSON, with where it stops being some. */
    AdminResponse malformed(JsonException mistakes) {
        List<?> errors = mistakes.mistakes();
        return error(400, "Request malformed: " + mistakes.mistakes().stream().map(JsonMistake::message)
                .collect(Collectors.joining("; ")), errors);
    }

    AdminResponse refused(ControlRefused refused) {
        int status = switch (refused.reason()) {
            case INVALID -> 400;
            case UNKNOWN -> 404;
            case CONFLICT, IN_USE, STALE, PRECONDITION_REQUIRED -> 409;
            case UNAVAILABLE -> 503;
        };
        String reasons = reasons(refused.problems());
        return error(status, reasons.isEmpty() ? refused.getMessage() : reasons, refused.problems());
    }

    /** The errors among problems, in one line. */
    static String reasons(List<Problem> problems) {
        return problems.stream().filter(problem -> problem.severity() == Problem.Severity.ERROR).map(Problem::message)
                .collect(Collectors.joining("; "));
    }

    private AdminResponse error(int status, String message, List<?> errors) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", "error");
        body.put("message", message);
        if (!errors.isEmpty()) {
            body.put("errors", errors);
        }
        return AdminResponse.json(status, json.write(body));
    }
}
