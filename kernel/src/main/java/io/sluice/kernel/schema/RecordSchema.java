package io.sluice.kernel.schema;

import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.json.PlainValues;
import io.sluice.spi.config.Default;
import io.sluice.spi.config.Description;
import io.sluice.spi.config.Example;
import io.sluice.spi.config.Material;
import io.sluice.spi.config.OneOrMany;
import io.sluice.spi.config.Range;
import io.sluice.spi.config.Required;
import io.sluice.spi.config.Shorthand;
import io.sluice.spi.config.Spelling;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A record's schema, by the rules of {@link io.sluice.spi.config.Configured}. */
final class RecordSchema {

    private static final int DEEPEST = 16;

    private RecordSchema() {
    }

    /** The schema of what a record is bound from: an object, or what is short for it. */
    static Map<String, Object> of(Class<?> type) {
        return of(type, 0);
    }

    private static Map<String, Object> of(Class<?> type, int depth) {
        Map<String, Object> object = object(type, depth);
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.isAnnotationPresent(Shorthand.class)) {
                return anyOf(component(component, depth), object);
            }
        }
        return object;
    }

    /** The same without its short form. */
    static Map<String, Object> object(Class<?> type) {
        return object(type, 0);
    }

    private static Map<String, Object> object(Class<?> type, int depth) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        describe(type, schema);
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : depth > DEEPEST ? new RecordComponent[0] : type.getRecordComponents()) {
            // the object itself, for those who read it on their own
            if (component.getType() == JsonValue.JsonObject.class && component.getName().equals("source")) {
                continue;
            }
            properties.put(PlainValues.name(component), component(component, depth));
            if (component.isAnnotationPresent(Required.class)) {
                required.add(PlainValues.name(component));
            }
        }
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    /** The schema of one component's field. */
    static Map<String, Object> component(RecordComponent component) {
        return component(component, 0);
    }

    private static Map<String, Object> component(RecordComponent component, int depth) {
        Map<String, Object> schema = new LinkedHashMap<>(type(component.getGenericType(), component, depth + 1));
        describe(component, schema);
        Default fallback = component.getAnnotation(Default.class);
        if (fallback != null) {
            schema.put("default", literal(fallback.value(), component.getType()));
        }
        Example example = component.getAnnotation(Example.class);
        if (example != null) {
            schema.put("examples", List.of(value(example.value())));
        }
        return schema;
    }

    private static Object value(String text) {
        try {
            return PlainValues.of(JsonReader.read("", text, Optional.empty()));
        } catch (BadJson e) {
            return text;
        }
    }

    /** The schema of a component's field where a missing one is told from an empty one by nobody. */
    static Map<String, Object> withEmptyDefault(RecordComponent component) {
        Map<String, Object> schema = component(component);
        if (component.getType() == List.class) {
            schema.putIfAbsent("default", List.of());
        } else if (component.getType() == Map.class) {
            schema.putIfAbsent("default", Map.of());
        }
        return schema;
    }

    private static void describe(AnnotatedElement element, Map<String, Object> schema) {
        Description description = element.getAnnotation(Description.class);
        if (description != null) {
            schema.put("description", description.value());
        }
    }

    private static Object literal(String text, Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return Boolean.valueOf(text);
        }
        boolean whole = type == int.class || type == long.class || type == Integer.class || type == Long.class;
        // a plugin's default may be no number; that is told where the plugin is used
        return whole && text.matches("-?\\d{1,18}") ? (Object) Long.valueOf(text) : text;
    }

    private static Map<String, Object> type(Type type, RecordComponent at, int depth) {
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            Map<String, Object> inner = type(last, at, depth);
            if (generic.getRawType() == Map.class) {
                return Map.of("type", "object", "additionalProperties", inner);
            }
            Map<String, Object> array = Map.of("type", "array", "items", inner);
            return at.isAnnotationPresent(OneOrMany.class) ? anyOf(inner, array) : array;
        }
        return type instanceof Class<?> plain ? plain(plain, at, depth) : Map.of();
    }

    private static Map<String, Object> plain(Class<?> type, RecordComponent at, int depth) {
        if (type == String.class || type == Material.class) {
            return Map.of("type", "string");
        }
        if (type == boolean.class || type == Boolean.class) {
            return Map.of("type", "boolean");
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return whole(at.getAnnotation(Range.class));
        }
        if (type == double.class || type == Double.class) {
            return Map.of("type", "number");
        }
        if (type == Duration.class) {
            return anyOf(Map.of("type", "string", "pattern", "^(0|[0-9]{1,12}(\\.[0-9]{1,9})?(ms|s|m|h|d))$"),
                    Map.of("type", "number", "minimum", 0));
        }
        if (type.isEnum()) {
            return words(type);
        }
        if (type.isRecord()) {
            return of(type, depth);
        }
        return type == JsonValue.JsonArray.class ? Map.of("type", "array")
                : type == JsonValue.JsonObject.class ? Map.of("type", "object") : Map.of();
    }

    private static Map<String, Object> whole(Range range) {
        Map<String, Object> schema = new LinkedHashMap<>(Map.of("type", "integer"));
        if (range != null && range.min() != Long.MIN_VALUE) {
            schema.put("minimum", range.min());
        }
        if (range != null && range.max() != Long.MAX_VALUE) {
            schema.put("maximum", range.max());
        }
        return schema;
    }

    private static Map<String, Object> words(Class<?> type) {
        List<Object> words = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            words.addAll(spellings(type, ((Enum<?>) constant).name()));
        }
        return Map.of("enum", words);
    }

    private static List<?> spellings(Class<?> type, String name) {
        try {
            Spelling spelling = type.getField(name).getAnnotation(Spelling.class);
            if (spelling == null) {
                return List.of(name.toLowerCase(Locale.ROOT));
            }
            List<Object> all = new ArrayList<>(Arrays.asList(spelling.value()));
            // a number that reads the same is meant too
            Arrays.stream(spelling.value()).filter(text -> text.matches("\\d+")).map(Long::valueOf).forEach(all::add);
            return all;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    static Map<String, Object> anyOf(Map<String, Object> one, Map<String, Object> other) {
        return new LinkedHashMap<>(Map.of("anyOf", List.of(one, other)));
    }
}
