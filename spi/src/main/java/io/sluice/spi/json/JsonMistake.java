package io.sluice.spi.json;

import java.util.Objects;

/**
 * One thing that is wrong with a JSON text.
 *
 * @param pointer where, as a JSON pointer (RFC 6901); empty for the whole text
 * @param line    counted from 1; 0 when unknown
 * @param column  counted from 1, in UTF-16 units; 0 when unknown
 * @param message what: value (expected: rule); without control characters
 * @param hint    what to do next; may be empty
 * @since 1.0
 */
public record JsonMistake(String pointer, int line, int column, String message, String hint) {

    public JsonMistake {
        Objects.requireNonNull(pointer, "pointer");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(hint, "hint");
    }
}
