package io.sluice.kernel.remote;

import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.remote.AdminFailure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks the admin API. Blocks; for one thread.
 *
 * <p>{@code HttpURLConnection} because it is ready in a tenth of the time that {@code java.net.http} takes to load.
 */
public final class AdminClient {

    private static final int CONNECT_MILLIS = 3_000;
    private static final int READ_MILLIS = 30_000;
    private static final int LARGEST_ANSWER = 16 * 1024 * 1024;

    private final AdminLocation location;

    public AdminClient(AdminLocation location) {
        this.location = location;
        // a change must not be sent a second time behind our back
        System.setProperty("sun.net.http.retryPost", "false");
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
        HttpURLConnection connection = null;
        try {
            connection = open(method, route, body);
            int status = connection.getResponseCode();
            String text = text(status < 400 ? connection.getInputStream() : connection.getErrorStream());
            return status < 300 ? new Answer(text, json(text)) : refused(status, text);
        } catch (IOException | IllegalArgumentException e) {
            throw new AdminFailure(Kind.NOT_REACHABLE, "no gateway answers at " + location.url() + ": " + e.getMessage(),
                    List.of("hint: \"sluice run\" starts one; --base DIR or --admin URL names another one"));
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }

    private HttpURLConnection open(String method, Route route, String body) throws IOException {
        URI url = URI.create(location.url().toString().replaceAll("/+$", "") + route);
        HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestMethod(method);
        connection.setRequestProperty("Accept", "application/json, application/problem+json");
        location.key().secret().ifPresent(key -> connection.setRequestProperty("Authorization", "Bearer " + key));
        if (!body.isEmpty()) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setFixedLengthStreamingMode(bytes.length);
            connection.getOutputStream().write(bytes);
        } else if (!method.equals("GET")) {
            connection.setRequestProperty("Content-Length", "0");
        }
        return connection;
    }

    private static String text(InputStream body) throws IOException {
        if (body == null) {
            return "";
        }
        try (body) {
            byte[] bytes = body.readNBytes(LARGEST_ANSWER + 1);
            if (bytes.length > LARGEST_ANSWER) {
                throw new IOException("the answer has more than " + LARGEST_ANSWER + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
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

    private Answer refused(int status, String text) throws AdminFailure {
        if (status == 401 || status == 403) {
            throw new AdminFailure(Kind.REFUSED, location.key().refusal(),
                    List.of("hint: --key-file FILE names the file of another key"));
        }
        Fields problem = new Fields(json(text));
        List<String> lines = new ArrayList<>();
        problem.objects("errors").forEach(error -> lines.addAll(ProblemLines.of(error)));
        String title = problem.text("detail").isEmpty() ? problem.text("title") : problem.text("detail");
        throw new AdminFailure(status == 400 ? Kind.WRONG_QUESTION : Kind.FAILED, title.isEmpty() ? "the gateway answers with status " + status : title, lines);
    }
}
