package io.sluice.kernel.remote;

import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.PlainValues;
import io.sluice.kernel.remote.AdminFailure.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the admin API. Blocks; for one thread. */
public final class AdminClient {

    private final AdminLocation location;
    private final Wire wire;

    public AdminClient(AdminLocation location) {
        this.location = location;
        this.wire = Wire.to(location);
    }

    /** The gateway's address. */
    public URI url() {
        return location.url();
    }

    /** Reads one thing. */
    public Answer get(Route route) throws AdminFailure {
        return send("GET", route, "");
    }

    /** Reads a list, page by page, up to so many items; the answer has them all in {@code items}. */
    public Answer list(Route route, int most) throws AdminFailure {
        Answer page = get(route);
        if (next(page).isEmpty()) {
            return page;
        }
        List<JsonValue> items = new ArrayList<>(page.items());
        Optional<String> cursor = next(page);
        while (cursor.isPresent() && items.size() < most) {
            page = get(route.with("cursor", cursor.get()));
            items.addAll(page.items());
            cursor = page.items().isEmpty() ? Optional.empty() : next(page);
        }
        return page.with(items.subList(0, Math.min(most, items.size())));
    }

    private static Optional<String> next(Answer page) {
        return Optional.of(page.fields().text("next")).filter(cursor -> !cursor.isEmpty());
    }

    /** Changes something; {@code body} is JSON, or empty for none. */
    public Answer send(String method, Route route, String body) throws AdminFailure {
        try {
            Wire.Reply reply = wire.ask(method, route, body);
            return reply.status() < 300 ? new Answer(reply.text(), json(reply.text())) : refused(reply.status(), reply.text());
        } catch (AccessDeniedException e) {
            throw new AdminFailure(Kind.REFUSED, "this user may not connect to " + location.url(),
                    List.of("hint: the gateway's user may, and the file's group where its mode lets the group write"));
        } catch (IOException | IllegalArgumentException e) {
            throw new AdminFailure(Kind.NOT_REACHABLE, "no gateway answers at " + location.url() + ": " + e.getMessage(),
                    List.of("hint: \"sluice run\" starts one; --base DIR or --admin URL names another one"));
        }
    }

    private JsonObject json(String text) throws AdminFailure {
        try {
            if (JsonReader.read("answer", text, Optional.empty()) instanceof JsonObject object) {
                return object;
            }
        } catch (BadJson e) {
            // told below: whatever is wrong with it, it did not come from a gateway
        }
        throw new AdminFailure(Kind.NOT_REACHABLE, "what answers at " + location.url()
                + " is no gateway (expected: a JSON object)", List.of());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> said(Fields problem) {
        return (Map<String, Object>) PlainValues.of(problem.json());
    }

    private Answer refused(int status, String text) throws AdminFailure {
        if (status == 401 || status == 403) {
            throw new AdminFailure(Kind.REFUSED, location.key().refusal(),
                    List.of("hint: --key-file FILE names the file of another key"));
        }
        Fields problem = new Fields(json(text));
        List<String> lines = new ArrayList<>();
        problem.objects("errors").forEach(error -> lines.addAll(ProblemLines.of(error)));
        String title = problem.text("detail").isEmpty() ? problem.text("title") : problem.text("detail");
        throw new AdminFailure(status == 400 ? Kind.WRONG_QUESTION : Kind.FAILED, title.isEmpty() ? "the gateway answers with status " + status : title, lines, said(problem));
    }
}
