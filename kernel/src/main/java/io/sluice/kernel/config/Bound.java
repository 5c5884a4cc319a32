package io.sluice.kernel.config;

/**
 * A record that was bound from JSON.
 *
 * @param value the record; fields in which something is wrong have their defaults
 * @param valid whether nothing was wrong
 * @param <R>   the record's class
 */
public record Bound<R>(R value, boolean valid) {
}
