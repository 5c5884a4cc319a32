package io.sluice.kernel.json;

import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonBoolean;
import io.sluice.kernel.json.JsonValue.JsonNumber;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.JsonString;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** JSON as maps, lists, strings, numbers, booleans and {@code null}: what {@link io.sluice.spi.json.Json} describes. */
public final class PlainValues {

    private PlainValues() {
    }

    /** A value that was read, without its places. */
    public static Object of(JsonValue value) {
        return of(value, JsonString::text);
    }

    /** The same with strings as they stand in their file, <code>${…}</code> unexpanded. */
    public static Object unexpanded(JsonValue value) {
        return of(value, JsonString::raw);
    }

    private static Object of(JsonValue value, Function<JsonString, String> strings) {
        if (value instanceof JsonObject object) {
            Map<String, Object> map = new LinkedHashMap<>();
            object.members().forEach((name, member) -> map.put(name, of(member.value(), strings)));
            return Collections.unmodifiableMap(map);
        }
        if (value instanceof JsonArray array) {
            List<Object> list = new ArrayList<>(array.elements().size());
            array.elements().forEach(element -> list.add(of(element, strings)));
            return Collections.unmodifiableList(list);
        }
        if (value instanceof JsonString string) {
            return strings.apply(string);
        }
        if (value instanceof JsonNumber number) {
            return number(number.value());
        }
        return value instanceof JsonBoolean bool ? bool.value() : null;
    }

    /** Never expanded: {@code 1e1000000000} is a short text. */
    private static Number number(BigDecimal decimal) {
        boolean small = Math.abs((long) decimal.precision() - decimal.scale()) < 20 && Math.abs(decimal.scale()) < 20;
        try {
            return small ? (Number) decimal.longValueExact() : decimal;
        } catch (ArithmeticException e) {
            return decimal;
        }
    }

    /** The JSON name of a component: {@code cacheTimeout} is {@code cache_timeout}, {@code public_} is {@code public}. */
    public static String name(RecordComponent component) {
        String name = component.getName();
        String camel = name.endsWith("_") ? name.substring(0, name.length() - 1) : name;
        StringBuilder snake = new StringBuilder(camel.length() + 4);
        for (int i = 0; i < camel.length(); i++) {
            char c = camel.charAt(i);
            boolean hump = c >= 'A' && c <= 'Z';
            char before = i == 0 ? '_' : camel.charAt(i - 1);
            if (hump && (before >= 'a' && before <= 'z' || before >= '0' && before <= '9')) {
                snake.append('_');
            }
            snake.append(hump ? (char) (c + 'a' - 'A') : c);
        }
        return snake.toString();
    }
}
