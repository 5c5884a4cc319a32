package io.sluice.plugins.adminhttp.api;

import io.sluice.spi.control.Change;
import io.sluice.spi.control.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the document says of the server's own operations: an Operation Object of OpenAPI each. */
final class Described {

    private static final Map<String, Object> ENTITY_TAG = Map.of("ETag",
            Map.of("description", "stands for the definition", "schema", Map.of("type", "string")));

    private final RecordSchemas schemas;

    Described(RecordSchemas schemas) {
        this.schemas = schemas;
    }

    Map<String, Object> operation(Operation operation) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("summary", operation.summary());
        List<Object> parameters = new ArrayList<>();
        operation.parameters().forEach(parameter -> parameters.add(Map.of("name", parameter.name(), "in", parameter.in(),
                "description", parameter.description(), "schema", parameter.schema())));
        described.put("parameters", parameters);
        if (operation.body() != null) {
            described.put("requestBody", Map.of("required", operation.bodyRequired(), "content", asked(operation.body())));
        }
        described.put("responses", responses(operation));
        return described;
    }

    private Map<String, Object> responses(Operation operation) {
        Map<String, Object> responses = new TreeMap<>();
        Map<String, Object> content = answered(operation.answer(), operation.isPreviewed());
        responses.put("200", response("It is done, or this is it.", content, operation.isTagged()));
        if (operation.isCreating()) {
            responses.put("201", response("It was not there before.", content, operation.isTagged()));
        }
        if (operation.isConditional()) {
            responses.put("304", Map.of("description", "It is what If-None-Match says.", "headers", ENTITY_TAG));
        }
        operation.refusals().forEach(status -> responses.put(status.toString(), ServerAnswers.refusal(status)));
        if (operation.failure() != null) {
            responses.put("503", response(ServerAnswers.words(503), answered(operation.failure(), false), false));
        }
        return responses;
    }

    private static Map<String, Object> response(String description, Map<String, Object> content, boolean tagged) {
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("description", description);
        if (tagged) {
            response.put("headers", ENTITY_TAG);
        }
        response.put("content", content);
        return response;
    }

    private Map<String, Object> asked(Shape shape) {
        return shape instanceof Shape.Of of ? json(schemas.asked(of.type())) : answered(shape, false);
    }

    private Map<String, Object> answered(Shape shape, boolean previewed) {
        if (shape instanceof Shape.Text text) {
            return Map.of(text.contentType(), Map.of("schema", type("string")));
        }
        if (shape instanceof Shape.Free free) {
            return Map.of(free.contentType(), Map.of("schema", Map.of("type", "object", "description", free.description())));
        }
        return json(schema(shape, previewed));
    }

    private Map<String, Object> schema(Shape shape, boolean previewed) {
        if (shape instanceof Shape.Of of) {
            return previewed ? schemas.previewed(of.type()) : schemas.answered(of.type());
        }
        if (shape instanceof Shape.PageOf page) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("items", Map.of("type", "array", "items", schemas.answered(page.type())));
            members.put("total", type("integer"));
            Map<String, Object> object = RecordSchemas.whole(new LinkedHashMap<>(members));
            members.put("next", Map.of("type", "string", "description", "the cursor of the page behind; absent on the last one"));
            object.put("properties", members);
            return object;
        }
        if (shape instanceof Shape.Done done) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("id", type(done.idType()));
            members.put("revision", type("integer"));
            members.put("changes", Map.of("type", "array", "items", schemas.answered(Change.class)));
            members.put("problems", Map.of("type", "array", "items", schemas.answered(Problem.class)));
            return RecordSchemas.previewed(RecordSchemas.whole(members));
        }
        if (shape instanceof Shape.Reloaded) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("revision", type("integer"));
            members.put("problems", Map.of("type", "array", "items", schemas.answered(Problem.class)));
            Map<String, Object> object = RecordSchemas.whole(new LinkedHashMap<>(members));
            members.put("changes", Map.of("type", "array", "items", schemas.answered(Change.class),
                    "description", RecordSchemas.OF_PREVIEWS));
            object.put("properties", members);
            return RecordSchemas.previewed(object);
        }
        if (shape instanceof Shape.Members members) {
            Map<String, Object> properties = new TreeMap<>();
            members.types().forEach((name, word) -> properties.put(name, type(word)));
            Map<String, Object> object = RecordSchemas.whole(properties);
            return previewed ? RecordSchemas.previewed(object) : object;
        }
        return Map.of("$ref", "#/components/schemas/" + (shape instanceof Shape.Health ? "Health" : "Definition"));
    }

    private static Map<String, Object> json(Map<String, Object> schema) {
        return Map.of("application/json", Map.of("schema", schema));
    }

    private static Map<String, Object> type(String word) {
        return Map.of("type", word);
    }
}
