package io.sluice.kernel.remote;

import java.util.List;

/** A command could not get its answer from the gateway. */
public final class AdminFailure extends Exception {

    /** What went wrong, as far as exit codes tell it apart. */
    public enum Kind {
        /** No gateway answers there, or what answers is no gateway. */
        NOT_REACHABLE,
        /** The key is missing or wrong. */
        REFUSED,
        /** The gateway finds that what was asked is not in order. */
        WRONG_QUESTION,
        /** The gateway understood and said no. */
        FAILED,
        /** The settings that would say where the gateway is cannot be read. */
        INVALID_SETTINGS
    }

    private final Kind kind;
    private final transient List<String> details;

    AdminFailure(Kind kind, String message, List<String> details) {
        super(message);
        this.kind = kind;
        this.details = List.copyOf(details);
    }

    public Kind kind() {
        return kind;
    }

    /** Further lines for people: problems and hints. */
    public List<String> details() {
        return details;
    }
}
