package io.sluice.plugins.adminhttp.api;

import io.sluice.spi.config.OneOrMany;
import io.sluice.spi.config.Range;
import io.sluice.spi.config.Required;
import io.sluice.spi.control.Nullable;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Schemas of the records that the API takes and answers, as they are written: {@code snake_case}, enums in lower case. An
 * answer has all of its members always; of a request only those are needed that say so.
 */
final class RecordSchemas {

    /** What a member is described as that only previews have. */
    static final String OF_PREVIEWS = "only where nothing was changed";

    private static final Map<String, Object> PREVIEW = Map.of("const", true, "description", OF_PREVIEWS);

    private final Map<String, Object> components = new TreeMap<>();

    /** A reference to a record that is answered. */
    Map<String, Object> answered(Class<? extends Record> type) {
        return reference(name(type), () -> object(type, false));
    }

    /** A reference to a record that is answered, with {@code dry_run} where it is a preview. */
    Map<String, Object> previewed(Class<? extends Record> type) {
        return reference(name(type) + "OrPreview", () -> previewed(object(type, false)));
    }

    /** A reference to a record that is asked with. */
    Map<String, Object> asked(Class<? extends Record> type) {
        return reference(name(type), () -> object(type, true));
    }

    /** The same object, and {@code dry_run} where it is a preview. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> previewed(Map<String, Object> object) {
        Map<String, Object> with = new LinkedHashMap<>(object);
        Map<String, Object> properties = new LinkedHashMap<>((Map<String, Object>) object.get("properties"));
        properties.put("dry_run", PREVIEW);
        with.put("properties", properties);
        return with;
    }

    /** An object that always has all of its members. */
    static Map<String, Object> whole(Map<String, Object> properties) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        object.put("required", List.copyOf(properties.keySet()));
        object.put("properties", properties);
        return object;
    }

    /** All that were referred to, by name. */
    Map<String, Object> components() {
        return components;
    }

    private interface Made {
        Map<String, Object> schema();
    }

    private Map<String, Object> reference(String name, Made made) {
        if (!components.containsKey(name)) {
            // there before it is filled, for records that hold themselves
            components.put(name, Map.of());
            components.put(name, made.schema());
        }
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    private static String name(Class<?> type) {
        return type.isMemberClass() ? type.getDeclaringClass().getSimpleName() + type.getSimpleName() : type.getSimpleName();
    }

    private Map<String, Object> object(Class<? extends Record> type, boolean asked) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = snake(component.getName());
            properties.put(name, schema(component));
            if (!asked || component.isAnnotationPresent(Required.class)) {
                required.add(name);
            }
        }
        Map<String, Object> object = whole(properties);
        object.put("required", required);
        if (asked) {
            object.put("additionalProperties", false);
        }
        return object;
    }

    private Object schema(RecordComponent component) {
        Map<String, Object> schema = new LinkedHashMap<>(schema(component.getGenericType()));
        Range range = component.getAnnotation(Range.class);
        if (range != null) {
            schema.put("minimum", range.min());
            schema.put("maximum", range.max());
        }
        if (component.isAnnotationPresent(OneOrMany.class)) {
            schema = new LinkedHashMap<>(Map.of("anyOf", List.of(schema, schema.get("items"))));
        }
        if (!component.isAnnotationPresent(Nullable.class)) {
            return schema;
        }
        if (schema.get("type") instanceof String word) {
            schema.put("type", List.of(word, "null"));
            return schema;
        }
        return Map.of("anyOf", List.of(schema, Map.of("type", "null")));
    }

    private Map<String, Object> schema(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return Map.of("type", "array", "items", schema(generic.getActualTypeArguments()[0]));
        }
        return type instanceof Class<?> plain ? schema(plain) : Map.of("type", "object");
    }

    private Map<String, Object> schema(Class<?> type) {
        if (type == String.class) {
            return Map.of("type", "string");
        }
        if (type == boolean.class) {
            return Map.of("type", "boolean");
        }
        if (type == int.class || type == long.class || type == Integer.class) {
            return Map.of("type", "integer");
        }
        if (type == Instant.class) {
            return Map.of("type", "string", "format", "date-time");
        }
        if (type.isEnum()) {
            return Map.of("type", "string", "enum", Arrays.stream(type.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT)).toList());
        }
        if (!type.isRecord()) {
            throw new IllegalArgumentException("no schema for " + type);
        }
        return answered(type.asSubclass(Record.class));
    }

    private static String snake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
