package io.sluice.kernel.remote;

import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonBoolean;
import io.sluice.kernel.json.JsonValue.JsonNumber;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.JsonString;
import io.sluice.kernel.problem.Place;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The members of an object in an answer, read leniently: a gateway of another version may say more, or less.
 *
 * @param json the object
 */
public record Fields(JsonObject json) {

    /** A value as text; lists are joined by commas, what is not there is empty. */
    public String text(String name) {
        return text(json.get(name));
    }

    private static String text(JsonValue value) {
        if (value instanceof JsonString string) {
            return string.text();
        } else if (value instanceof JsonNumber number) {
            return number.value().toPlainString();
        } else if (value instanceof JsonBoolean bool) {
            return Boolean.toString(bool.value());
        } else if (value instanceof JsonArray array) {
            return array.elements().stream().map(Fields::text).collect(Collectors.joining(", "));
        } else if (value instanceof JsonObject object) {
            return object.members().entrySet().stream().map(e -> e.getKey() + " " + text(e.getValue().value()))
                    .collect(Collectors.joining(", "));
        }
        return "";
    }

    /** A number; 0 if it is none. */
    public long number(String name) {
        return json.get(name) instanceof JsonNumber number ? number.value().longValue() : 0;
    }

    /** Whether it is {@code true}. */
    public boolean is(String name) {
        return json.get(name) instanceof JsonBoolean bool && bool.value();
    }

    /** An object; one without members if there is none. */
    public Fields object(String name) {
        return new Fields(json.get(name) instanceof JsonObject object ? object : new JsonObject(Place.NONE, Map.of()));
    }

    /** The objects of a list. */
    public List<Fields> objects(String name) {
        return json.get(name) instanceof JsonArray array
                ? array.elements().stream().filter(JsonObject.class::isInstance)
                        .map(element -> new Fields((JsonObject) element)).toList()
                : List.of();
    }
}
