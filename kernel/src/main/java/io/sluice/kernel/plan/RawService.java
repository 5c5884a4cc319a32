package io.sluice.kernel.plan;

import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.JsonString;

/**
 * A definition as it was read.
 *
 * @param json the object
 * @param file the file it stands in, as shown to people
 * @param id   its id: what it says itself, else what was given here
 */
public record RawService(JsonObject json, String file, String id) {

    public RawService {
        for (String field : new String[] {"id", "api_id"}) {
            if (json.get(field) instanceof JsonString text && !text.text().isEmpty()) {
                id = text.text();
            }
        }
    }
}
