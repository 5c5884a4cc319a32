package io.sluice.kernel.remote;

import java.util.List;
import java.util.Map;

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
    private final transient Map<String, Object> said;

    AdminFailure(Kind kind, String message, List<String> details) {
        this(kind, message, details, Map.of());
    }

    /**
     * @param said members of a problem of RFC 9457, as the gateway said it, or as it would have said it
     */
    AdminFailure(Kind kind, String message, List<String> details, Map<String, Object> said) {
        super(message);
        this.kind = kind;
        this.details = List.copyOf(details);
        this.said = said;
    }

    /** For programs: members of a problem of RFC 9457, as far as there is more to say than the message. */
    public Map<String, Object> said() {
        return said;
    }

    public Kind kind() {
        return kind;
    }

    /** Further lines for people: problems and hints. */
    public List<String> details() {
        return details;
    }
}
