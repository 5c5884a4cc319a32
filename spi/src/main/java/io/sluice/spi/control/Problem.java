package io.sluice.spi.control;

import java.util.Objects;

/**
 * Something that is wrong, for people and for programs: the same shape in the log, in {@code check}, in the ready file
 * and in the admin API. What is not known is {@code null}.
 *
 * @param severity how bad it is
 * @param code     a stable word for programs, {@code snake_case}
 * @param service  the id of the service it belongs to
 * @param file     the file as shown to people
 * @param line     counted from 1
 * @param column   counted from 1, in UTF-16 units
 * @param pointer  the JSON pointer (RFC 6901) of the value
 * @param message  {@code what: value (expected: rule)}
 * @param hint     what to do next
 * @since 1.0
 */
public record Problem(Severity severity, String code, @Nullable String service, @Nullable String file,
        @Nullable Integer line, @Nullable Integer column, @Nullable String pointer, String message, @Nullable String hint) {

    public Problem {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }

    /** How bad a problem is. */
    public enum Severity {
        /** Something is not in effect because of it. */
        ERROR,
        /** In effect, but the operator should know. */
        WARNING
    }
}
