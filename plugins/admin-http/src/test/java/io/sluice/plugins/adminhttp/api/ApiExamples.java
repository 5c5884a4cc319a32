package io.sluice.plugins.adminhttp.api;

import io.sluice.testing.json.JacksonJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a call looks like: values made up from names and types. */
final class ApiExamples {

    private static final Map<String, String> NAMED = Map.ofEntries(Map.entry("address", "10.0.0.1:6379"), Map.entry("author", "api"),
            Map.entry("client", "192.0.2.7:50123"), Map.entry("id", "redis"), Map.entry("service", "redis"),
            Map.entry("target", "10.0.0.1:6379"), Map.entry("listener", "0.0.0.0:6379"), Map.entry("protocol", "tcp"),
            Map.entry("version", "0.1.0"), Map.entry("transport", "nio"), Map.entry("name", "protocol-tcp"));
    private static final int DEEPEST = 4;

    private final Map<String, Object> schemas;
    private final JacksonJson json = new JacksonJson();

    ApiExamples(Map<String, Object> schemas) {
        this.schemas = schemas;
    }

    /** A path with its variables filled in, and a filter where one is needed. */
    String path(String method, String path) {
        String filled = path.replace("/certificates/{id}", "/certificates/$SHA256").replace("/history/{id}", "/history/7")
                .replace("/connections/{id}", "/connections/k3f9-1").replace("{service}", "redis").replace("{target}", "10.0.0.1:6379")
                .replace("{id}", "redis").replace("{name}", "protocol-tcp");
        return filled + (method.equals("delete") && path.equals("/v1/connections") ? "?service=redis&rate=50" : "");
    }

    /** The rest of the command line. */
    String body(String path, Map<String, Object> content) {
        if (content.containsKey("application/x-pem-file")) {
            return " --data-binary @certificate.pem";
        }
        return switch (path) {
            case "/v1/explain" -> " -d '{ \"port\": 6379, \"client\": \"192.0.2.7\" }'";
            case "/v1/conversations" -> " -d '{ \"url\": \"10.0.0.1:6379\", \"commands\": [{ \"name\": \"redis_role\", \"role\": \"master\" }] }'";
            default -> " --data-binary @redis.json";
        };
    }

    /** What comes back; empty where there is nothing to show. */
    String answer(String path, String type, Map<String, Object> schema) {
        return switch (type) {
            case "text/event-stream" -> "id: 17\nevent: HostDown\ndata: {\"service\":\"redis\",\"target\":\"10.0.0.1:6379\",\"reason\":\"connection refused\"}";
            case "application/json" -> path.equals("/v1/openapi.json") ? "{\"openapi\":\"3.1.0\", …" : json.write(value("", schema, 0)).replace("\"id\":\"redis\"", "\"id\":\"" + id(path) + "\"");
            default -> "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"title\":\"Sluice service definition\", …";
        };
    }

    private static String id(String path) {
        return path.contains("/certificates") ? "9f86d081884c7d65…" : path.contains("/connections") || path.contains("/refused") ? "k3f9-1"
                : "redis";
    }

    private Object value(String name, Map<?, ?> schema, int depth) {
        if (schema.get("$ref") instanceof String reference) {
            return depth > DEEPEST ? Map.of() : value(name, (Map<?, ?>) schemas.get(reference.substring(reference.lastIndexOf('/') + 1)), depth + 1);
        }
        if (schema.get("enum") instanceof List<?> words) {
            return words.get(0);
        }
        if (schema.get("anyOf") instanceof List<?> either) {
            return value(name, (Map<?, ?>) either.get(0), depth);
        }
        Object type = schema.get("type") instanceof List<?> types ? types.get(0) : schema.get("type");
        if (schema.containsKey("properties")) {
            Map<String, Object> object = new LinkedHashMap<>();
            ApiReference.object(schema, "properties").forEach((member, of) -> {
                if (!RecordSchemas.OF_PREVIEWS.equals(((Map<?, ?>) of).get("description"))) {
                    object.put(member, value(member, (Map<?, ?>) of, depth));
                }
            });
            return object;
        }
        if ("array".equals(type)) {
            return depth > DEEPEST || name.equals("problems") || name.equals("errors") ? List.of()
                    : List.of(value(name, ApiReference.object(schema, "items"), depth + 1));
        }
        if ("string".equals(type)) {
            return "date-time".equals(schema.get("format")) ? "2026-11-26T17:40:11.019Z" : NAMED.getOrDefault(name, "…");
        }
        return "integer".equals(type) ? (Object) 1 : "boolean".equals(type) ? (Object) true : Map.of();
    }
}
