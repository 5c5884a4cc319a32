package io.sluice.kernel.problem;

import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Something that is wrong, for people and for programs.
 *
 * @param severity how bad it is
 * @param code     a stable word for programs, {@code snake_case}
 * @param service  the id of the service it belongs to; empty for none
 * @param place    where it stands
 * @param message  what: value (expected: rule)
 * @param hint     what to do next; may be empty
 */
public record Problem(Severity severity, String code, String service, Place place, String message, String hint) {

    public Problem {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(hint, "hint");
        message = KeyMask.sentence(printable(message));
        hint = KeyMask.sentence(printable(hint));
    }

    /** Names that come from files and jars must not forge lines or move a terminal's cursor. */
    static String printable(String text) {
        return text.codePoints().anyMatch(Character::isISOControl) ? text.replaceAll("\\p{Cntrl}", "?") : text;
    }

    /** An error that belongs to no service yet. */
    public static Problem error(String code, Place place, String message, String hint) {
        return new Problem(Severity.ERROR, code, "", place, message, hint);
    }

    /** A warning that belongs to no service yet. */
    public static Problem warning(String code, Place place, String message, String hint) {
        return new Problem(Severity.WARNING, code, "", place, message, hint);
    }

    /** The same problem as one of a service. */
    public Problem of(String serviceId) {
        return new Problem(severity, code, serviceId, place, message, hint);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** What a problem says, wherever in its file it stands by now. */
    public record Words(Severity severity, String code, String service, String file, String pointer, String message, String hint) {
    }

    /** What this says: equal words, the same problem. */
    public Words words() {
        return new Words(severity, code, service, place.file(), place.pointer(), message, hint);
    }

    /** What all of them say. */
    public static Set<Words> words(Collection<Problem> problems) {
        return problems.stream().map(Problem::words).collect(Collectors.toSet());
    }
}
