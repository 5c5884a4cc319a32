package io.sluice.plugins.adminhttp.api;

import io.sluice.spi.admin.AdminRoute.Access;
import io.sluice.spi.control.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The document of the API (OpenAPI 3.1), made from the operations themselves. */
final class OpenApi {

    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z]+)}");

    private final String version;
    private final RecordSchemas schemas = new RecordSchemas();

    OpenApi(String version) {
        this.version = version;
    }

    Map<String, Object> document(List<Operation> operations) {
        Map<String, Map<String, Object>> paths = new TreeMap<>();
        for (Operation operation : operations) {
            paths.computeIfAbsent(operation.path(), path -> new LinkedHashMap<>())
                    .put(operation.method().toLowerCase(Locale.ROOT), described(operation));
        }
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "object");
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", type("string"));
        members.put("title", type("string"));
        members.put("status", type("integer"));
        members.put("detail", type("string"));
        members.put("errors", Map.of("type", "array", "items", schemas.reference(Problem.class)));
        problem.put("properties", members);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", Map.of("title", "Sluice admin API", "version", version,
                "description", "Errors are application/problem+json (RFC 9457).",
                "license", Map.of("name", "Apache 2.0", "identifier", "Apache-2.0")));
        document.put("servers", List.of(Map.of("url", "/")));
        document.put("security", List.of(Map.of("bearer", List.of()), Map.of("tyk", List.of())));
        document.put("paths", paths);
        Map<String, Object> all = new TreeMap<>(schemas.components());
        all.put("HttpProblem", problem);
        all.put("Definition", Map.of("type", "object", "description", "See /v1/schema."));
        document.put("components", Map.of("schemas", all, "securitySchemes", Map.of(
                "bearer", Map.of("type", "http", "scheme", "bearer"),
                "tyk", Map.of("type", "apiKey", "in", "header", "name", "x-tyk-authorization"))));
        return document;
    }

    private Map<String, Object> described(Operation operation) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("operationId", id(operation));
        described.put("summary", operation.summary());
        if (operation.access() != Access.KEY) {
            described.put("security", List.of());
        }
        List<Object> parameters = new ArrayList<>();
        Matcher variables = VARIABLE.matcher(operation.path());
        while (variables.find()) {
            parameters.add(Map.of("name", variables.group(1), "in", "path", "required", true, "schema", type("string")));
        }
        operation.parameters().forEach(parameter -> parameters.add(Map.of("name", parameter.name(), "in", parameter.in(),
                "description", parameter.description(), "schema", type("string"))));
        described.put("parameters", parameters);
        if (operation.body() != null) {
            described.put("requestBody", Map.of("required", operation.bodyRequired(), "content", content(operation.body())));
        }
        described.put("responses", responses(operation));
        return described;
    }

    private static String id(Operation operation) {
        return operation.method().toLowerCase(Locale.ROOT) + operation.path().replaceAll("[{}]", "")
                .replaceAll("[^A-Za-z0-9]+", "_");
    }

    private Map<String, Object> responses(Operation operation) {
        Map<String, Object> responses = new TreeMap<>();
        responses.put("200", Map.of("description", "It is done, or this is it.", "content", content(operation.answer())));
        if (operation.method().equals("PUT")) {
            responses.put("201", Map.of("description", "It was not there before.", "content", content(operation.answer())));
        }
        List<Integer> refusals = new ArrayList<>(operation.refusals());
        if (operation.access() == Access.KEY) {
            refusals.add(401);
            refusals.add(421);
        }
        if (operation.isWithoutBody()) {
            refusals.add(400);
        }
        refusals.forEach(status -> responses.put(status.toString(), Map.of("description", "Refused.", "content",
                Map.of("application/problem+json", Map.of("schema", Map.of("$ref", "#/components/schemas/HttpProblem"))))));
        return responses;
    }

    private Map<String, Object> content(Shape shape) {
        if (shape instanceof Shape.Text text) {
            return Map.of(text.contentType(), Map.of("schema", type("string")));
        }
        return Map.of("application/json", Map.of("schema", schema(shape)));
    }

    private Object schema(Shape shape) {
        if (shape instanceof Shape.Of of) {
            return schemas.reference(of.type());
        }
        if (shape instanceof Shape.PageOf page) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("items", Map.of("type", "array", "items", schemas.reference(page.type())));
            members.put("total", type("integer"));
            members.put("next", type("string"));
            return Map.of("type", "object", "required", List.of("items", "total"), "properties", members);
        }
        if (shape instanceof Shape.Members members) {
            Map<String, Object> properties = new TreeMap<>();
            members.types().forEach((name, word) -> properties.put(name, type(word)));
            return Map.of("type", "object", "properties", properties);
        }
        return shape instanceof Shape.Definition ? Map.of("$ref", "#/components/schemas/Definition") : Map.of();
    }

    private static Map<String, Object> type(String word) {
        return Map.of("type", word);
    }
}
