package io.sluice.spi.control;

import java.util.List;
import java.util.Objects;

/**
 * Something that was asked of the gateway and is not done. Nothing has changed.
 *
 * @since 1.0
 */
public final class ControlRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient List<Problem> problems;

    /** Why, as far as a program needs to know. */
    public enum Reason {
        /** What was given is not in order; the problems say what. */
        INVALID,
        /** There is no such thing. */
        UNKNOWN,
        /** It would take what another service has. */
        CONFLICT,
        /** The stored definition is another one than the caller believes. */
        STALE,
        /** The caller must say which definition it means to replace. */
        PRECONDITION_REQUIRED,
        /** It is in use, or its state does not allow that. */
        IN_USE,
        /** It cannot be stored, or the gateway is ending; another time it may go. */
        UNAVAILABLE
    }

    /**
     * @param message  one sentence
     * @param problems the details; may be empty
     */
    public ControlRefused(Reason reason, String message, List<Problem> problems) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.problems = List.copyOf(problems);
    }

    public ControlRefused(Reason reason, String message) {
        this(reason, message, List.of());
    }

    public Reason reason() {
        return reason;
    }

    public List<Problem> problems() {
        return problems;
    }
}
