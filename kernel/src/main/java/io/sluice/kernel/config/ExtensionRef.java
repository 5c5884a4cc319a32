package io.sluice.kernel.config;

import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.problem.Place;

/**
 * An extension asked for by name: {@code "name"} or {@code { "name": …, … }}.
 *
 * @param name   the extension's name as written
 * @param config the object's other members; an empty object for the short form
 * @param place  where the name stands
 */
public record ExtensionRef(String name, JsonObject config, Place place) {

    /** Whether the name only marks where one belongs. */
    public boolean isPlaceholder() {
        return isPlaceholder(name);
    }

    /** Whether a text only marks where a value belongs. */
    public static boolean isPlaceholder(String text) {
        return text.isEmpty() || Scalars.isPlaceholder(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExtensionRef ref && name.equals(ref.name) && config.equals(ref.config);
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + config.hashCode();
    }
}
