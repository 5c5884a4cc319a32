package io.sluice.kernel.plan;

import io.sluice.kernel.json.JsonValue.JsonObject;

/**
 * A definition as it was read.
 *
 * @param json      the object
 * @param file      the file it stands in, as shown to people
 * @param defaultId its id if it names none
 */
public record RawService(JsonObject json, String file, String defaultId) {
}
