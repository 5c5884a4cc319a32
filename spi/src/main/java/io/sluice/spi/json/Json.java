package io.sluice.spi.json;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Reads and writes JSON (RFC 8259). Offered by the kernel to extensions that need it; immutable, callable from any
 * thread, never blocks.
 *
 * <p><b>Values.</b> An object is a {@code Map<String, Object>} in the order of the text, an array a
 * {@code List<Object>}, both unmodifiable; a string a {@code String}; a whole number that fits a {@code Long}, any other
 * number a {@code BigDecimal}; {@code true} and {@code false} a {@code Boolean}; {@code null} is {@code null}.<br>
 * <b>Bounds.</b> At most 4 Mi characters, 64 levels deep, numbers of at most 100 characters; no key twice in an object.
 * Comments and trailing commas are allowed.
 *
 * @since 1.0
 */
@ProviderType
public interface Json {

    /**
     * Reads one value.
     *
     * @throws JsonException if the text is not JSON or not within the bounds
     */
    Object read(String text) throws JsonException;

    /**
     * Reads one object into a record, by the rules of {@link io.sluice.spi.config.Configured}. Unknown members are
     * mistakes too.
     *
     * @param text the JSON
     * @param type the record
     * @param <R>  the record
     * @throws JsonException with every mistake that was found
     */
    <R extends Record> R read(String text, Class<R> type) throws JsonException;

    /**
     * Writes a value on one line: what {@link #read(String)} answers, and also records (components in
     * {@code snake_case}, in their order), enums (in lower case), any {@code Number} and any {@code Collection};
     * {@code Optional} as its value or {@code null}; other objects as the string that {@code toString()} answers.
     *
     * @throws IllegalArgumentException if it is nested deeper than 64 levels
     */
    String write(Object value);
}
