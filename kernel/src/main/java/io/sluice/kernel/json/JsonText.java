package io.sluice.kernel.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Plain maps, lists, strings, numbers and booleans, and records of them, as JSON text. */
public final class JsonText {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonText() {
    }

    /** The value on one line, by the rules of {@link io.sluice.spi.json.Json#write}. */
    public static String write(Object value) {
        try {
            // Jackson sees plain values only: it would keep the classes of others, and with them plugins' class loaders
            return MAPPER.writeValueAsString(PlainValues.of(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON value", e);
        }
    }
}
