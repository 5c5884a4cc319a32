package io.sluice.kernel.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Schemas as maps: fields are added by their dotted paths. */
final class SchemaTree {

    /** The member by which a file tells an editor where its schema is. */
    private static final Map<String, Object> NAMED = Map.of("type", "string",
            "description", "Where an editor finds this schema; the gateway does not read it.");

    private static final Set<String> OF_FIELDS = Set.of("properties", "$defs");

    private static final Set<String> VALUES = Set.of("default", "examples");

    private static final List<String> KEYWORDS = List.of("$schema", "$ref", "title", "description", "allowComments",
            "allowTrailingCommas", "type", "const", "enum",
            "pattern", "minimum", "maximum", "default", "examples", "items", "additionalProperties", "anyOf", "properties", "required",
            "$defs");

    private SchemaTree() {
    }

    /** Adds what another extension may have added already, or the kernel itself. */
    static void add(Map<String, Object> schema, String path, Object value) {
        Map<String, Object> parent = parent(schema, path);
        String name = path.substring(path.lastIndexOf('.') + 1);
        Object before = properties(parent).get(name);
        if (before == null) {
            put(schema, path, value);
        } else if (!before.equals(value)) {
            put(schema, path, new LinkedHashMap<>(Map.of("anyOf", List.of(before, value))));
        }
    }

    /** Begins the schema of a file that people write. */
    static Map<String, Object> ofFile(String title, Class<? extends Record> type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", title);
        // what VS Code asks for, no vocabulary of the specification: validators pass over them
        schema.put("allowComments", true);
        schema.put("allowTrailingCommas", true);
        schema.putAll(RecordSchema.object(type));
        put(schema, "$schema", NAMED);
        return schema;
    }

    /** Puts a field in; what stood there is gone. */
    static void put(Map<String, Object> schema, String path, Object value) {
        properties(parent(schema, path)).put(path.substring(path.lastIndexOf('.') + 1), value);
    }

    /** Says what an object is that is there only for what was put into it; where it is not there, nothing. */
    static void describe(Map<String, Object> schema, String path, String words) {
        Object at = schema;
        for (String step : path.split("\\.")) {
            at = at instanceof Map<?, ?> object && object.get("properties") instanceof Map<?, ?> fields ? fields.get(step) : null;
        }
        if (at instanceof LinkedHashMap<?, ?>) {
            @SuppressWarnings("unchecked")
            Map<String, Object> object = (Map<String, Object>) at;
            object.putIfAbsent("description", words);
        }
    }

    /** The object that a path's last member stands in; made where nothing is. */
    private static Map<String, Object> parent(Map<String, Object> schema, String path) {
        Map<String, Object> at = object(schema);
        String[] steps = path.split("\\.");
        for (int i = 0; i < steps.length - 1; i++) {
            Map<String, Object> properties = properties(at);
            Object next = properties.computeIfAbsent(steps[i], step -> new LinkedHashMap<>(Map.of("type", "object")));
            at = object(mutable(properties, steps[i], next));
        }
        return at;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> mutable(Map<String, Object> properties, String name, Object value) {
        Map<String, Object> copy = value instanceof LinkedHashMap<?, ?> map ? (Map<String, Object>) map
                : new LinkedHashMap<>((Map<String, Object>) value);
        properties.put(name, copy);
        return copy;
    }

    /** The object among the forms that a value may have. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Map<String, Object> schema) {
        if (schema.get("anyOf") instanceof List<?> forms) {
            for (Object form : forms) {
                if (form instanceof LinkedHashMap<?, ?> map && "object".equals(map.get("type"))) {
                    return (Map<String, Object>) map;
                }
            }
        }
        return schema;
    }

    /** The members that a schema describes, to be added to. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> properties(Map<String, Object> schema) {
        Object now = schema.get("properties");
        if (now instanceof LinkedHashMap<?, ?> map) {
            return (Map<String, Object>) map;
        }
        Map<String, Object> made = new LinkedHashMap<>(now == null ? Map.of() : (Map<String, Object>) now);
        schema.put("properties", made);
        return made;
    }

    /** The same, in an order that does not change from one start to the next: fields as declared, keywords as listed. */
    static Map<String, Object> ordered(Map<?, ?> schema) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        for (String keyword : KEYWORDS) {
            Object value = schema.get(keyword);
            if (value instanceof Map<?, ?> fields && OF_FIELDS.contains(keyword)) {
                Map<String, Object> copy = new LinkedHashMap<>();
                fields.forEach((name, field) -> copy.put((String) name, ordered((Map<?, ?>) field)));
                ordered.put(keyword, copy);
            } else if (value != null && VALUES.contains(keyword)) {
                ordered.put(keyword, value);
            } else if (value instanceof Map<?, ?> inner) {
                ordered.put(keyword, ordered(inner));
            } else if (value instanceof List<?> list) {
                ordered.put(keyword, list.stream().map(one -> one instanceof Map<?, ?> form ? ordered(form) : one).toList());
            } else if (value != null) {
                ordered.put(keyword, value);
            }
        }
        if (ordered.size() != schema.size()) {
            throw new IllegalStateException("keywords without a place in the order: " + schema.keySet());
        }
        return ordered;
    }
}
