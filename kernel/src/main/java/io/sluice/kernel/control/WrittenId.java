package io.sluice.kernel.control;

import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.Member;
import io.sluice.kernel.problem.Place;
import java.util.Optional;

/** Writes an id into a definition's text and leaves the rest of it, comments included, as it is. */
final class WrittenId {

    private WrittenId() {
    }

    /**
     * The text with {@code "api_id"} before its first member, on a line of its own if that stands on one.
     *
     * @param id         letters, digits, dots and dashes: nothing that JSON would escape
     * @param definition what was read from the text; without an id, but perhaps with an empty one
     * @return empty where there is nothing to write it before, or an empty id in its way
     */
    static Optional<String> into(String text, String id, JsonObject definition) {
        if (definition.members().isEmpty() || definition.members().containsKey("api_id")) {
            return Optional.empty();
        }
        Member first = definition.members().values().iterator().next();
        int at = offset(text, first.keyPlace());
        String before = text.substring(text.lastIndexOf('\n', at - 1) + 1, at);
        return Optional.of(text.substring(0, at) + "\"api_id\": \"" + id + "\","
                + (before.isBlank() ? "\n" + before : " ") + text.substring(at));
    }

    private static int offset(String text, Place place) {
        // places do not count a byte order mark
        int line = text.startsWith("\uFEFF") ? 1 : 0;
        for (int n = 1; n < place.line(); n++) {
            line = text.indexOf('\n', line) + 1;
        }
        return line + place.column() - 1;
    }
}
