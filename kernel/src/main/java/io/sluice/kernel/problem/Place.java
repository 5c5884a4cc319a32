package io.sluice.kernel.problem;

import java.util.Objects;

/**
 * A place in a configuration file.
 *
 * @param file    the path as shown to people; empty when the problem has no file
 * @param line    counted from 1; 0 when unknown
 * @param column  counted from 1, in UTF-16 units; 0 when unknown
 * @param pointer the JSON pointer (RFC 6901) of the value; empty for the whole document
 */
public record Place(String file, int line, int column, String pointer) {

    /** No place at all. */
    public static final Place NONE = new Place("", 0, 0, "");

    public Place {
        file = Problem.printable(Objects.requireNonNull(file, "file"));
        Objects.requireNonNull(pointer, "pointer");
    }

    /** A file as a whole. */
    public static Place file(String file) {
        return new Place(file, 0, 0, "");
    }
}
