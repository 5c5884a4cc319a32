package io.sluice.plugins.adminhttp.api;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Schemas of the records that the API answers, as they are written: {@code snake_case}, enums in lower case. */
final class RecordSchemas {

    private final Map<String, Object> components = new TreeMap<>();

    /** A reference to a record's schema. */
    Map<String, Object> reference(Class<? extends Record> type) {
        String name = type.isMemberClass() ? type.getDeclaringClass().getSimpleName() + type.getSimpleName() : type.getSimpleName();
        if (!components.containsKey(name)) {
            // there before it is filled, for records that hold themselves
            components.put(name, Map.of());
            components.put(name, object(type));
        }
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    /** All that were referred to, by name. */
    Map<String, Object> components() {
        return components;
    }

    private Map<String, Object> object(Class<? extends Record> type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            properties.put(snake(component.getName()), schema(component.getGenericType()));
        }
        return Map.of("type", "object", "properties", properties);
    }

    private Object schema(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return Map.of("type", "array", "items", schema(generic.getActualTypeArguments()[0]));
        }
        if (type instanceof Class<?> plain) {
            return schema(plain);
        }
        return Map.of("type", "object");
    }

    private Object schema(Class<?> type) {
        if (type == String.class) {
            return Map.of("type", List.of("string", "null"));
        }
        if (type == boolean.class) {
            return Map.of("type", "boolean");
        }
        if (type == int.class || type == long.class) {
            return Map.of("type", "integer");
        }
        if (type == Integer.class) {
            return Map.of("type", List.of("integer", "null"));
        }
        if (type == Instant.class) {
            return Map.of("type", "string", "format", "date-time");
        }
        if (type.isEnum()) {
            return Map.of("type", "string", "enum", Arrays.stream(type.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT)).toList());
        }
        return type.isRecord() ? reference(type.asSubclass(Record.class)) : Map.of();
    }

    private static String snake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
