package io.sluice.plugins.adminhttp.api;

import io.sluice.spi.admin.AdminRoute;
import io.sluice.spi.admin.AdminRoute.Access;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server itself does with every request before and after an operation, in the words of OpenAPI. */
final class ServerAnswers {

    /** Either way to show the key. */
    static final List<Object> SECURITY = List.of(Map.of("bearer", List.of()), Map.of("tyk", List.of()));

    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z_]+)}");
    private static final String PROBLEM = "application/problem+json";
    private static final Map<Integer, String> WORDS = Map.ofEntries(Map.entry(400, "What was sent is not in order."),
            Map.entry(401, "No key, or a wrong one."), Map.entry(403, "No key, or a wrong one."), Map.entry(404, "There is none."),
            Map.entry(409, "It contradicts what is there."), Map.entry(412, "It has changed since it was read, or is not there."),
            Map.entry(413, "The body is larger than 1 MiB."), Map.entry(414, "The request line is too long."),
            Map.entry(421, "A host that the gateway does not answer to."),
            Map.entry(428, "It exists, and If-Match is missing."), Map.entry(431, "The headers are too large."),
            Map.entry(500, "A fault of the gateway."), Map.entry(503, "Not now, or not ready."));
    /** Those that stand in the document once. */
    private static final Map<Integer, String> NAMES = Map.of(400, "NotInOrder", 401, "NoKey", 403, "NoKeyInTyksWords", 413, "BodyTooLarge",
            414, "LineTooLong", 421, "OtherHost", 431, "HeadTooLarge", 500, "Fault", 503, "NotNow");

    private ServerAnswers() {
    }

    /** What a status means here. */
    static String words(int status) {
        return WORDS.get(status);
    }

    /** A refusal in the shape that all have. */
    static Map<String, Object> refusal(int status) {
        return Map.of("description", words(status), "content", problem());
    }

    /** The answers that are referred to. */
    static Map<String, Object> components() {
        Map<String, Object> components = new TreeMap<>();
        NAMES.forEach((status, name) -> components.put(name, refusal(status)));
        components.put(NAMES.get(403), Map.of("description", words(403), "content",
                Map.of("application/json", Map.of("schema", Map.of("$ref", "#/components/schemas/TykError")))));
        components.put(NAMES.get(401), Map.of("description", words(401), "content", problem(), "headers",
                Map.of("WWW-Authenticate", Map.of("schema", Map.of("const", "Bearer")))));
        components.put("Refused", Map.of("description", "Refused as HTTP, before it is looked at: 417, 501, 505.", "content", problem()));
        return components;
    }

    /** An operation with what every one has. */
    static Map<String, Object> with(AdminRoute route, Map<String, Object> operation) {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("operationId", id(route));
        whole.put("tags", List.of(tag(route)));
        whole.putAll(operation);
        whole.put("parameters", parameters(route, operation.get("parameters")));
        whole.put("responses", responses(route.access(), operation.get("responses")));
        if (isOpen(route.access())) {
            whole.put("security", List.of());
        }
        return whole;
    }

    private static String id(AdminRoute route) {
        return route.method().toLowerCase(Locale.ROOT) + route.path().replaceAll("[{}]", "").replaceAll("[^A-Za-z0-9]+", "_");
    }

    /** What it is about: the first word of its path, versions not counted. */
    static String tag(AdminRoute route) {
        String[] words = route.path().split("[/.]");
        return words.length > 2 && words[1].matches("v\\d+") ? words[2] : words[1];
    }

    private static boolean isOpen(Access access) {
        return access == Access.PUBLIC || access == Access.PUBLIC_ANY_HOST;
    }

    private static List<Object> parameters(AdminRoute route, Object own) {
        List<Object> parameters = new ArrayList<>();
        Matcher variables = VARIABLE.matcher(route.path());
        while (variables.find()) {
            parameters.add(Map.of("name", variables.group(1), "in", "path", "required", true, "schema", Map.of("type", "string")));
        }
        parameters.addAll(own instanceof List<?> list ? list : List.of());
        return parameters;
    }

    private static Map<String, Object> responses(Access access, Object own) {
        Map<String, Object> responses = new TreeMap<>();
        if (own instanceof Map<?, ?> map) {
            map.forEach((status, response) -> responses.put(status.toString(), response));
        }
        for (int status : always(access)) {
            String word = Integer.toString(status);
            responses.put(word, !responses.containsKey(word) ? Map.of("$ref", "#/components/responses/" + NAMES.get(status))
                    : alsoAsProblem(responses.get(word)));
        }
        responses.put("default", Map.of("$ref", "#/components/responses/Refused"));
        return responses;
    }

    private static Set<Integer> always(Access access) {
        Set<Integer> always = new LinkedHashSet<>(List.of(400, 413, 414, 431, 500, 503));
        if (access != Access.PUBLIC_ANY_HOST) {
            always.add(421);
        }
        if (!isOpen(access)) {
            always.add(access == Access.TYK ? 403 : 401);
        }
        return always;
    }

    /** The operation says no in its own shape; the server, before it, in that of all. */
    private static Map<String, Object> alsoAsProblem(Object response) {
        Map<String, Object> both = new LinkedHashMap<>();
        ((Map<?, ?>) response).forEach((name, value) -> both.put(name.toString(), value));
        Map<String, Object> content = new TreeMap<>();
        if (both.get("content") instanceof Map<?, ?> own) {
            own.forEach((type, schema) -> content.put(type.toString(), schema));
        }
        content.putAll(problem());
        both.put("content", content);
        return both;
    }

    private static Map<String, Object> problem() {
        return Map.of(PROBLEM, Map.of("schema", Map.of("$ref", "#/components/schemas/HttpProblem")));
    }
}
