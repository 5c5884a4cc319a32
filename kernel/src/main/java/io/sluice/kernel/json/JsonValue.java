package io.sluice.kernel.json;

import io.sluice.kernel.problem.Place;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A JSON value with the place it was read from. Immutable. Equality looks at the value, not at its place.
 */
public sealed interface JsonValue {

    /** Where the value begins. */
    Place place();

    /** An object; members in the order of the file. */
    record JsonObject(Place place, Map<String, Member> members) implements JsonValue {
        public JsonObject {
            members = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(members));
        }

        /** The value of a member, or {@code null}. */
        public JsonValue get(String name) {
            Member member = members.get(name);
            return member == null ? null : member.value();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof JsonObject object && members.equals(object.members);
        }

        @Override
        public int hashCode() {
            return members.hashCode();
        }
    }

    /**
     * A member of an object.
     *
     * @param keyPlace where its name begins; its pointer is that of the member
     * @param value    its value
     */
    record Member(Place keyPlace, JsonValue value) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Member member && value.equals(member.value);
        }

        @Override
        public int hashCode() {
            return value.hashCode();
        }
    }

    /** An array. */
    record JsonArray(Place place, List<JsonValue> elements) implements JsonValue {
        public JsonArray {
            elements = List.copyOf(elements);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof JsonArray array && elements.equals(array.elements);
        }

        @Override
        public int hashCode() {
            return elements.hashCode();
        }
    }

    /**
     * A string.
     *
     * @param raw  as it stands in the file
     * @param text after <code>${ENV_NAME}</code> was expanded
     */
    record JsonString(Place place, String raw, String text) implements JsonValue {
        @Override
        public boolean equals(Object other) {
            return other instanceof JsonString string && raw.equals(string.raw) && text.equals(string.text);
        }

        @Override
        public int hashCode() {
            return Objects.hash(raw, text);
        }
    }

    /** A number. */
    record JsonNumber(Place place, BigDecimal value) implements JsonValue {
        @Override
        public boolean equals(Object other) {
            return other instanceof JsonNumber number && value.equals(number.value);
        }

        @Override
        public int hashCode() {
            return value.hashCode();
        }
    }

    /** {@code true} or {@code false}. */
    record JsonBoolean(Place place, boolean value) implements JsonValue {
        @Override
        public boolean equals(Object other) {
            return other instanceof JsonBoolean bool && value == bool.value;
        }

        @Override
        public int hashCode() {
            return Boolean.hashCode(value);
        }
    }

    /** {@code null}. */
    record JsonNull(Place place) implements JsonValue {
        @Override
        public boolean equals(Object other) {
            return other instanceof JsonNull;
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }
}
