package io.sluice.kernel.plan;

import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.JsonString;

/**
 * A definition as it was read.
 *
 * @param json      the object
 * @param file      the file it stands in, as shown to people
 * @param defaultId its id if it names none
 */
public record RawService(JsonObject json, String file, String defaultId) {

    /** Its id: what it says, else its default. */
    public String id() {
        for (String field : new String[] {"api_id", "id"}) {
            if (json.get(field) instanceof JsonString text && !text.text().isEmpty()) {
                return text.text();
            }
        }
        return defaultId;
    }
}
