package io.sluice.plugins.adminhttp.api;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The page that people read, made from the API's document (OpenAPI). */
final class ApiReference {

    private static final List<String> METHODS = List.of("get", "post", "put", "delete");
    private final Map<String, Object> schemas;
    private final ApiExamples examples;
    private final StringBuilder page = new StringBuilder();

    private ApiReference(Map<String, Object> document) {
        this.schemas = new TreeMap<>(object(object(document, "components"), "schemas"));
        this.examples = new ApiExamples(schemas);
    }

    /** Writes it. */
    static String of(Map<String, Object> document) {
        ApiReference reference = new ApiReference(document);
        reference.head();
        Map<String, Object> paths = new TreeMap<>(object(document, "paths"));
        paths.forEach((path, item) -> METHODS.stream().filter(((Map<?, ?>) item)::containsKey)
                .forEach(method -> reference.operation(method, path, object((Map<?, ?>) item, method))));
        reference.line("## Shapes");
        reference.schemas.forEach((name, schema) -> reference.shape(name, (Map<?, ?>) schema));
        return reference.page.toString();
    }

    private void head() {
        line("# Reference of the admin API");
        line("Made from the API's own document, `GET /v1/openapi.json`: not for editing. What it is all about: [admin-api.md](admin-api.md).");
        line("Each may besides answer what the server itself does: 400 (no HTTP, no UTF-8), 401 (no key, or a wrong one), 413 (a body over"
                + " 1 MiB), 414 (a request line that is too long), 421 (a host that the gateway does not answer to), 431 (headers that are too large), 500, 503 (too much at once).");
        line("`$API` stands for the gateway's address, such as `http://127.0.0.1:9700`, `$KEY` for the key. Refusals have the shape"
                + " [HttpProblem](#httpproblem), as `application/problem+json`. What answers show are shapes with made-up values.");
    }

    private void operation(String method, String path, Map<String, Object> operation) {
        line("## `" + method.toUpperCase(Locale.ROOT) + " " + path + "`");
        line(operation.get("summary") + (operation.containsKey("security") ? " Needs no key." : ""));
        List<?> parameters = (List<?>) operation.get("parameters");
        if (!parameters.isEmpty()) {
            page.append("| parameter | in | |\n|---|---|---|\n");
            for (Object one : parameters) {
                Map<?, ?> parameter = (Map<?, ?>) one;
                page.append("| `").append(parameter.get("name")).append("` | ").append(parameter.get("in")).append(" | ")
                        .append(parameter.containsKey("description") ? parameter.get("description") : "").append(" |\n");
            }
            page.append('\n');
        }
        if (operation.containsKey("requestBody")) {
            Map<String, Object> content = object(object(operation, "requestBody"), "content");
            content.forEach((type, media) -> line("Body: `" + type + "`, " + shown(object((Map<?, ?>) media, "schema")) + "."));
        }
        Map<String, Object> responses = new TreeMap<>(object(operation, "responses"));
        page.append("| code | |\n|---|---|\n");
        responses.forEach((code, response) -> {
            if (!((Map<?, ?>) response).containsKey("$ref")) {
                page.append("| ").append(code).append(" | ")
                        .append(code.startsWith("2") ? accepted(code, (Map<?, ?>) response) : described((Map<?, ?>) response)).append(" |\n");
            }
        });
        page.append('\n');
        example(method, path, operation, object(responses, "200"));
    }

    /** In the middle of a table: no capital, no full stop. */
    private static String described(Map<?, ?> response) {
        String sentence = (String) response.get("description");
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1, sentence.length() - 1);
    }

    private String accepted(String code, Map<?, ?> response) {
        Map.Entry<String, Object> content = object(response, "content").entrySet().iterator().next();
        String shape = shown(object((Map<?, ?>) content.getValue(), "schema"));
        return (code.equals("201") ? "it was not there before: " : "") + "`" + content.getKey() + "`, " + shape;
    }

    private void example(String method, String path, Map<String, Object> operation, Map<String, Object> response) {
        boolean open = operation.containsKey("security");
        page.append("```console\n$ curl").append(method.equals("get") ? "" : " -X " + method.toUpperCase(Locale.ROOT))
                .append(path.equals("/v1/events") ? " -N" : "").append(open ? "" : " -H \"Authorization: Bearer $KEY\"");
        if (((List<?>) operation.get("parameters")).stream().anyMatch(one -> "If-Match".equals(((Map<?, ?>) one).get("name")))) {
            page.append(" -H 'If-Match: *'");
        }
        page.append(" \"$API").append(examples.path(method, path)).append('"');
        if (operation.containsKey("requestBody")) {
            page.append(examples.body(path, object(object(operation, "requestBody"), "content")));
        }
        page.append('\n');
        Map.Entry<String, Object> content = object(response, "content").entrySet().iterator().next();
        String answer = examples.answer(path, content.getKey(), object((Map<?, ?>) content.getValue(), "schema"));
        page.append(answer.isEmpty() ? "" : answer + "\n");
        line("```");
    }

    private void shape(String name, Map<?, ?> schema) {
        line("### " + name);
        if (schema.containsKey("description")) {
            line(String.valueOf(schema.get("description")));
        }
        if (schema.containsKey("properties")) {
            page.append("| member | type |\n|---|---|\n");
            object(schema, "properties").forEach((member, type) ->
                    page.append("| `").append(member).append("` | ").append(shown((Map<?, ?>) type)).append(" |\n"));
            page.append('\n');
        }
    }

    /** A type in words, with a link to its shape. */
    private static String shown(Map<?, ?> schema) {
        if (schema.get("$ref") instanceof String reference) {
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            return "[" + name + "](#" + name.toLowerCase(Locale.ROOT) + ")";
        }
        if (schema.get("enum") instanceof List<?> words) {
            return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
        }
        if (schema.get("anyOf") instanceof List<?> either) {
            return either.stream().map(one -> shown((Map<?, ?>) one)).collect(Collectors.joining(" or "));
        }
        if (schema.containsKey("const")) {
            return "`" + schema.get("const") + "`";
        }
        if ("array".equals(schema.get("type"))) {
            return "list of " + shown(object(schema, "items"));
        }
        if (schema.containsKey("properties")) {
            return object(schema, "properties").entrySet().stream()
                    .map(member -> "`" + member.getKey() + "`: " + shown((Map<?, ?>) member.getValue()))
                    .collect(Collectors.joining("; "));
        }
        if (schema.get("type") instanceof List<?> types) {
            return types.stream().map(String::valueOf).collect(Collectors.joining(" or "));
        }
        if (schema.containsKey("description") && "object".equals(schema.get("type"))) {
            return "object: " + schema.get("description").toString().replaceAll("\\.$", "");
        }
        return "date-time".equals(schema.get("format")) ? "time (RFC 3339)"
                : schema.containsKey("type") ? String.valueOf(schema.get("type")) : "any JSON";
    }

    private void line(String text) {
        page.append(text).append("\n\n");
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Map<?, ?> map, String name) {
        return (Map<String, Object>) map.get(name);
    }
}
