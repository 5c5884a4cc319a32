package io.sluice.kernel.plan;

import io.sluice.kernel.config.ExtensionRef;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonString;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import java.util.Optional;

/** Texts that only mark where a value belongs, in fields that nobody binds. */
final class Placeholders {

    private Placeholders() {
    }

    /**
     * One of them.
     *
     * @param path  where it stands, for people
     * @param text  what stands there
     * @param place where it stands
     */
    record Placeholder(String path, String text, Place place) {

        /** Says so, and that the whole field has no effect. */
        Problem withoutEffect(String field, String rule, String otherwise) {
            return Problem.warning("placeholder", place, path + ": \"" + text + "\" is a placeholder, and " + field
                    + " has no effect (expected: a real value, " + rule + ")", "remove it, or " + otherwise);
        }
    }

    /** The first one in a value; an empty text on its own is none, because Tyk writes those out. */
    static Optional<Placeholder> in(String path, JsonValue value) {
        if (value instanceof JsonArray array) {
            for (int i = 0; i < array.elements().size(); i++) {
                String at = path + "[" + i + "]";
                JsonValue element = array.elements().get(i);
                Optional<Placeholder> found = element instanceof JsonString text && ExtensionRef.isPlaceholder(text.text())
                        ? Optional.of(new Placeholder(at, text.text(), text.place())) : in(at, element);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return value instanceof JsonString text && !text.text().isEmpty() && ExtensionRef.isPlaceholder(text.text())
                ? Optional.of(new Placeholder(path, text.text(), text.place())) : Optional.empty();
    }
}
