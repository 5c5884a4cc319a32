package io.sluice.kernel.config;

import io.sluice.kernel.json.JsonValue.Member;
import io.sluice.kernel.problem.FirstProblems;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import java.util.Collection;
import java.util.function.Consumer;

/** What to do with a member that the record has no component for. */
@FunctionalInterface
interface UnknownFields {

    /**
     * Says something about it, or nothing.
     *
     * @param path   where the object stands: names from the bound root joined by dots, with a dot at the end; empty for
     *               the root
     * @param name   the member's name
     * @param member the member
     * @param known  the names that the record has
     */
    void found(String path, String name, Member member, Collection<String> known);

    /** A warning with the nearest known name. */
    static UnknownFields warn(Consumer<Problem> problems) {
        return new UnknownFields() {
            private int strangers;

            @Override
            public void found(String path, String name, Member member, Collection<String> known) {
                // behind a hundred they are only counted
                problems.accept(++strangers <= FirstProblems.MOST ? said(Problem::warning, path, name, member, known)
                        : Problem.warning("unknown_field", member.keyPlace(), "unknown field \"" + path + name + "\"", "remove it"));
            }
        };
    }

    /** An error with the nearest known name. */
    static Problem error(String path, String name, Member member, Collection<String> known) {
        return said(Problem::error, path, name, member, known);
    }

    /** Makes a problem of one severity. */
    @FunctionalInterface
    interface Severity {

        Problem problem(String code, Place place, String message, String hint);
    }

    private static Problem said(Severity severity, String path, String name, Member member, Collection<String> known) {
        return severity.problem("unknown_field", member.keyPlace(),
                "unknown field \"" + path + name + "\" (expected: "
                        + (known.isEmpty() ? "none here" : "one of " + String.join(", ", known)) + ")",
                NearestName.of(name, known).map(near -> "did you mean \"" + near + "\"?").orElse("remove it"));
    }
}
