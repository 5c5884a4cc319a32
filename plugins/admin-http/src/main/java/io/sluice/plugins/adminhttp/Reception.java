package io.sluice.plugins.adminhttp;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.sluice.plugins.adminhttp.api.ProblemAnswers;
import io.sluice.spi.admin.AdminDoor;
import io.sluice.spi.admin.AdminRequest;
import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.admin.AdminRoute.Access;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.json.Json;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who is let in and what is answered: path, host, key, method, handler, in this order. Thread-safe; may block as handlers
 * do.
 */
final class Reception {

    private static final System.Logger LOG = System.getLogger(Reception.class.getName());
    private static final String BEARER = "bearer ";
    private static final Map<String, String> UNLESS_SAID = Map.of(
            "content-security-policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "cache-control", "no-store", "referrer-policy", "no-referrer");

    private final RouteTable routes;
    private final AdminDoor door;
    private final Predicate<String> hosts;
    private final ProblemAnswers problems;

    /**
     * @param hosts whether requests may be for what a {@code Host} header says
     */
    Reception(RouteTable routes, AdminDoor door, Json json, Predicate<String> hosts) {
        this.routes = routes;
        this.door = door;
        this.hosts = hosts;
        this.problems = new ProblemAnswers(json);
    }

    /** A request as it arrived; header names in lower case. */
    record Arrived(String method, String uri, Map<String, List<String>> headers, byte[] body) {

        static Arrived of(FullHttpRequest request, byte[] body) {
            Map<String, List<String>> headers = new LinkedHashMap<>();
            request.headers().forEach(header -> headers.computeIfAbsent(header.getKey().toLowerCase(Locale.ROOT),
                    name -> new ArrayList<>()).add(header.getValue()));
            return new Arrived(request.method().name(), request.uri(), headers, body);
        }

        List<String> all(String name) {
            return headers.getOrDefault(name, List.of());
        }
    }

    /** The answer to a request, with all the headers that every answer has. */
    AdminResponse answer(Arrived request) {
        return dressed(plain(request));
    }

    AdminResponse tooLarge() {
        return dressed(problems.of(413, "the body is too large (expected: at most 1048576 bytes)"));
    }

    AdminResponse lineTooLong() {
        return dressed(problems.of(414, "the request line is too long (expected: at most 8192 bytes)"));
    }

    AdminResponse headTooLarge() {
        return dressed(problems.of(431, "the headers are too large (expected: at most 16384 bytes)"));
    }

    AdminResponse malformed() {
        return dressed(problems.of(400, "this is no HTTP request"));
    }

    AdminResponse expectsMore() {
        return dressed(problems.of(417, "the Expect header (expected: 100-continue, or none)"));
    }

    AdminResponse otherCoding() {
        return dressed(problems.of(501, "another transfer coding (expected: chunked, or none)"));
    }

    AdminResponse otherVersion() {
        return dressed(problems.of(505, "another version of HTTP (expected: HTTP/1.1 or HTTP/1.0)"));
    }

    AdminResponse busy() {
        return dressed(problems.of(503, "too much is being asked at once").with("retry-after", "1"));
    }

    private AdminResponse plain(Arrived request) {
        List<String> hosts = request.all("host");
        if (hosts.size() > 1) {
            return problems.of(400, "more than one Host header");
        }
        Optional<RequestTarget> target = RequestTarget.of(request.uri(), hosts.stream().findFirst());
        if (target.isEmpty()) {
            return problems.of(400, "the request's target is no path");
        }
        String path = target.get().path();
        List<String> segments = new ArrayList<>();
        Map<String, List<String>> parameters;
        try {
            for (String segment : RouteTable.segments(path)) {
                segments.add(QueryStringDecoder.decodeComponent(segment.replace("+", "%2B")));
            }
            parameters = new QueryStringDecoder(target.get().query(), false).parameters();
        } catch (IllegalArgumentException e) {
            return problems.of(400, "the path or the query is not percent-encoded UTF-8");
        }
        RouteTable.Found found = routes.find(segments);
        Optional<RouteTable.Match> match = found.of(request.method());
        Access access = match.or(() -> found.byMethod().values().stream().findFirst())
                .map(one -> one.route().access()).orElseGet(() -> routes.around(segments));
        Optional<AdminResponse> refused = refuse(access, target.get().host(), request);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (match.isEmpty()) {
            return found.isEmpty() ? problems.of(404, "there is nothing here")
                    : wrongMethod(access).with("allow", String.join(", ", found.methods()));
        }
        return handle(match.get(), new AdminRequest(request.method(), path, match.get().variables(), parameters,
                request.headers(), request.body()));
    }

    private AdminResponse wrongMethod(Access access) {
        return access == Access.TYK ? AdminResponse.json(405, "{\"status\":\"error\",\"message\":\"Method not supported\"}")
                : problems.of(405, "the method is not one of this path's");
    }

    private Optional<AdminResponse> refuse(Access access, Optional<String> host, Arrived request) {
        if (access != Access.PUBLIC_ANY_HOST && host.filter(hosts).isEmpty()) {
            return Optional.of(problems.of(421,
                    "this server does not answer for that host (expected: a loopback name, or one of admin.hosts)"));
        }
        if (access == Access.PUBLIC || access == Access.PUBLIC_ANY_HOST || door.accepts(key(request))) {
            return Optional.empty();
        }
        return Optional.of(access == Access.TYK ? AdminResponse.json(403,
                "{\"status\":\"error\",\"message\":\"Attempted administrative access with invalid or missing key!\"}")
                : problems.of(401, "the key is missing or wrong (expected: Authorization: Bearer <key>)")
                        .with("www-authenticate", "Bearer"));
    }

    /** From a header only: what stands in a URL ends up in logs. */
    private static String key(Arrived request) {
        for (String value : request.all("authorization")) {
            if (value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                return value.substring(BEARER.length()).strip();
            }
        }
        return request.all("x-tyk-authorization").stream().findFirst().map(String::strip).orElse("");
    }

    private AdminResponse handle(RouteTable.Match match, AdminRequest request) {
        try {
            return match.route().handler().handle(request);
        } catch (ControlRefused e) {
            return problems.of(e);
        } catch (Throwable e) {
            LOG.log(Level.ERROR, "the answer to " + request.method() + " " + match.route().path() + " failed", e);
            return problems.of(500, "a fault of the gateway: its log has the details");
        }
    }

    private static AdminResponse dressed(AdminResponse response) {
        Map<String, String> headers = new LinkedHashMap<>(UNLESS_SAID);
        response.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        headers.put("x-content-type-options", "nosniff");
        return new AdminResponse(response.status(), headers, response.body());
    }
}
