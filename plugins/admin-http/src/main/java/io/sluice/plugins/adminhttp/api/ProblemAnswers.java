package io.sluice.plugins.adminhttp.api;

import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.Problem;
import io.sluice.spi.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Refusals as {@code application/problem+json} (RFC 9457). */
public final class ProblemAnswers {

    private static final Map<Integer, String> TITLES = Map.ofEntries(Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"), Map.entry(404, "Not Found"), Map.entry(405, "Method Not Allowed"),
            Map.entry(409, "Conflict"), Map.entry(412, "Precondition Failed"), Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"), Map.entry(421, "Misdirected Request"), Map.entry(428, "Precondition Required"),
            Map.entry(431, "Request Header Fields Too Large"), Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"));

    private final Json json;

    public ProblemAnswers(Json json) {
        this.json = json;
    }

    /** A refusal with a sentence. */
    public AdminResponse of(int status, String detail) {
        return of(status, detail, List.of());
    }

    /** What the gateway refused. */
    public AdminResponse of(ControlRefused refused) {
        return of(status(refused.reason()), refused.getMessage(), refused.problems());
    }

    private static int status(Reason reason) {
        return switch (reason) {
            case INVALID -> 400;
            case UNKNOWN -> 404;
            case CONFLICT, IN_USE -> 409;
            case STALE -> 412;
            case PRECONDITION_REQUIRED -> 428;
            case UNAVAILABLE -> 503;
        };
    }

    private AdminResponse of(int status, String detail, List<Problem> errors) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", TITLES.getOrDefault(status, "Error"));
        body.put("status", status);
        body.put("detail", detail);
        body.put("errors", errors);
        return AdminResponse.text(status, "application/problem+json", json.write(body));
    }
}
