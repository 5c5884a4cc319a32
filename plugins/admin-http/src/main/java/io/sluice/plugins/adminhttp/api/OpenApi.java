package io.sluice.plugins.adminhttp.api;

import io.sluice.spi.admin.AdminRoute;
import io.sluice.spi.control.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The document of the API (OpenAPI 3.1), made from the operations themselves, and from what other plugins say of theirs.
 */
final class OpenApi {

    private static final String ABOUT = "Errors are application/problem+json (RFC 9457). HEAD is answered wherever GET is; a method"
            + " that a path does not have is answered with 405 and Allow.";

    private final String version;
    private final RecordSchemas schemas = new RecordSchemas();

    OpenApi(String version) {
        this.version = version;
    }

    /**
     * The document.
     *
     * @param own     the server's own operations
     * @param mounted routes of other plugins; those that say nothing of themselves are left out
     */
    Map<String, Object> document(List<Operation> own, List<AdminRoute> mounted) {
        Map<String, Map<String, Object>> paths = new TreeMap<>();
        Described described = new Described(schemas);
        Set<String> tags = new TreeSet<>();
        own.forEach(operation -> {
            tags.add(ServerAnswers.tag(operation.route()));
            add(paths, operation.route(), described.operation(operation));
        });
        mounted.stream().filter(route -> !route.operation().isEmpty()).forEach(route -> {
            tags.add(ServerAnswers.tag(route));
            add(paths, route, route.operation());
        });
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", Map.of("title", "Sluice admin API", "version", version, "description", ABOUT,
                "license", Map.of("name", "Apache 2.0", "identifier", "Apache-2.0")));
        document.put("servers", List.of(Map.of("url", "/", "description", "admin.address of the settings")));
        document.put("security", ServerAnswers.SECURITY);
        document.put("tags", tags.stream().map(tag -> Map.of("name", tag)).toList());
        document.put("paths", paths);
        document.put("components", components());
        return document;
    }

    private static void add(Map<String, Map<String, Object>> paths, AdminRoute route, Map<String, Object> operation) {
        Map<String, Object> item = paths.computeIfAbsent(route.path(), path -> new LinkedHashMap<>());
        item.putIfAbsent(route.method().toLowerCase(Locale.ROOT), ServerAnswers.with(route, operation));
    }

    private Map<String, Object> components() {
        Map<String, Object> members = new LinkedHashMap<>();
        List.of("type", "title", "detail").forEach(name -> members.put(name, Map.of("type", "string")));
        members.put("status", Map.of("type", "integer"));
        members.put("errors", Map.of("type", "array", "items", schemas.answered(Problem.class)));
        Map<String, Object> all = new TreeMap<>(schemas.components());
        all.put("HttpProblem", RecordSchemas.whole(members));
        all.put("TykError", RecordSchemas.whole(new TreeMap<>(
                Map.of("status", Map.of("const", "error"), "message", Map.of("type", "string")))));
        all.put("Definition", Map.of("type", "object", "description", "See /v1/schema."));
        all.put("Health", RecordSchemas.whole(new TreeMap<>(Map.of("status", Map.of("enum", List.of("pass", "fail")),
                "version", Map.of("type", "string"), "description", Map.of("type", "string"), "details", Map.of("type", "object")))));
        return Map.of("schemas", all, "responses", ServerAnswers.components(), "securitySchemes", Map.of(
                "bearer", Map.of("type", "http", "scheme", "bearer"),
                "tyk", Map.of("type", "apiKey", "in", "header", "name", "x-tyk-authorization")));
    }
}
