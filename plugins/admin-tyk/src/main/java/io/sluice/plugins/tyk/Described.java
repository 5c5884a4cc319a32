package io.sluice.plugins.tyk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the document of the admin API says of a route: an Operation Object of OpenAPI 3.1, put together bit by bit. */
final class Described {

    private static final Map<String, Object> TEXT = Map.of("type", "string");
    private static final Map<Integer, String> WORDS = Map.of(400, "What was sent is not in order, with the reasons.",
            403, "No key, or a wrong one; or the certificate is not in order, or there already.", 404, "There is none.",
            409, "It would take what another one has, or is in use.", 503, "It cannot be stored now.");

    private final String summary;
    private final List<Object> parameters = new ArrayList<>();
    private final Map<String, Object> responses = new TreeMap<>();
    private Map<String, Object> body = Map.of();

    Described(String summary) {
        this.summary = summary;
    }

    /** A change, which may be a preview. */
    Described change() {
        parameters.add(parameter("dry_run", "true only says whether it would do", Map.of("type", "boolean", "default", false)));
        return this;
    }

    Described query(String name, String description) {
        parameters.add(parameter(name, description, TEXT));
        return this;
    }

    private static Map<String, Object> parameter(String name, String description, Map<String, Object> schema) {
        return Map.of("name", name, "in", "query", "description", description, "schema", schema);
    }

    Described takes(String contentType, Map<String, Object> schema) {
        body = Map.of("required", true, "content", Map.of(contentType, Map.of("schema", schema)));
        return this;
    }

    Described answers(Map<String, Object> schema) {
        responses.put("200", response("It is done, or this is it.", schema));
        return this;
    }

    Described refuses(int... statuses) {
        Map<String, Object> error = object(Map.of("status", Map.of("const", "error"), "message", TEXT), "status", "message");
        Map<String, Object> properties = new TreeMap<>();
        ((Map<?, ?>) error.get("properties")).forEach((name, schema) -> properties.put(name.toString(), schema));
        properties.put("errors", list(Map.of("type", "object")));
        for (int status : statuses) {
            responses.put(Integer.toString(status), response(WORDS.get(status), object(properties, "status", "message")));
        }
        return this;
    }

    private static Map<String, Object> response(String description, Map<String, Object> schema) {
        return Map.of("description", description, "content", Map.of("application/json", Map.of("schema", schema)));
    }

    Map<String, Object> operation() {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("summary", summary);
        operation.put("parameters", parameters);
        if (!body.isEmpty()) {
            operation.put("requestBody", body);
        }
        operation.put("responses", responses);
        return operation;
    }

    /** Strings, all of which are there. */
    static Map<String, Object> strings(String... names) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String name : names) {
            properties.put(name, TEXT);
        }
        return object(properties, names);
    }

    static Map<String, Object> object(Map<String, Object> properties, String... required) {
        return Map.of("type", "object", "required", List.of(required), "properties", properties);
    }

    static Map<String, Object> list(Map<String, Object> of) {
        return Map.of("type", "array", "items", of);
    }

    static Map<String, Object> anyOf(Object... schemas) {
        return Map.of("anyOf", List.of(schemas));
    }
}
