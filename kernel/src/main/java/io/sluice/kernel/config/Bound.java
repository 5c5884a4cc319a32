package io.sluice.kernel.config;

/**
 * A record that was bound from JSON.
 *
 * @param value    the record; fields in which something is wrong have their defaults
 * @param valid    whether nothing was wrong
 * @param complete whether there is a record and every required field has a value
 * @param <R>      the record's class
 */
public record Bound<R>(R value, boolean valid, boolean complete) {

    /** A record whose required fields all have values, if there is one. */
    public Bound(R value, boolean valid) {
        this(value, valid, value != null);
    }
}
