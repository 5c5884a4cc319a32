package io.sluice.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The document of the admin API, and whether an answer is what it says. */
final class ApiDocument {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonNode whole;
    private final JsonNode closed;

    ApiDocument(JsonNode whole) {
        this.whole = whole;
        this.closed = closed(whole.deepCopy());
    }

    /** An operation. */
    record Operation(String method, String path) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** What is wrong with the document by the schema of OpenAPI 3.1 itself. */
    List<Error> mistakes() throws IOException {
        try (InputStream schema = ApiDocument.class.getResourceAsStream("/openapi-3.1.schema.json")) {
            return SCHEMAS.getSchema(JSON.readTree(schema)).validate(whole);
        }
    }

    List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        whole.get("paths").fields().forEachRemaining(path -> path.getValue().fieldNames().forEachRemaining(method ->
                all.add(new Operation(method.toUpperCase(java.util.Locale.ROOT), path.getKey()))));
        return all;
    }

    /** The codes that an operation is said to answer. */
    Set<Integer> codes(Operation operation) {
        Set<Integer> codes = new TreeSet<>();
        responses(whole, operation).fieldNames().forEachRemaining(code -> {
            if (!code.equals("default")) {
                codes.add(Integer.valueOf(code));
            }
        });
        return codes;
    }

    private static JsonNode responses(JsonNode document, Operation operation) {
        return document.at("/paths").path(operation.path()).path(operation.method().toLowerCase(java.util.Locale.ROOT)).path("responses");
    }

    /** What is wrong with an answer; a member that the document does not know is wrong as well. */
    List<String> mistakes(Operation operation, int status, String contentType, String body) throws IOException {
        JsonNode response = responses(closed, operation).path(String.valueOf(status));
        if (response.has("$ref")) {
            response = closed.at(response.get("$ref").asText().substring(1));
        }
        if (response.isMissingNode()) {
            return List.of(status + " is not declared");
        }
        if (!response.has("content")) {
            return body.isEmpty() ? List.of() : List.of("a body, and none is declared");
        }
        JsonNode media = response.get("content").path(contentType.split(";", 2)[0]);
        if (media.isMissingNode()) {
            return List.of(contentType + " is not declared");
        }
        if (!contentType.contains("json")) {
            return List.of();
        }
        ObjectNode schema = JSON.createObjectNode();
        schema.putArray("allOf").add(media.get("schema"));
        schema.set("components", closed.get("components"));
        return SCHEMAS.getSchema(schema).validate(JSON.readTree(body)).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage()).toList();
    }

    /** The same with no room for members that are not named. */
    private static JsonNode closed(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("properties").isObject() && object.has("type")) {
            object.put("additionalProperties", false);
        }
        node.forEach(ApiDocument::closed);
        return node;
    }
}
