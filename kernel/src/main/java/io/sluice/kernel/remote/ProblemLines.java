package io.sluice.kernel.remote;

import java.util.ArrayList;
import java.util.List;

/** A problem of an answer, for people: {@code file:line:column: error: …} and a hint, as {@code check} prints it. */
public final class ProblemLines {

    private ProblemLines() {
    }

    /** One or two lines. */
    public static List<String> of(Fields problem) {
        String place = problem.text("file");
        if (place.isEmpty()) {
            place = problem.text("pointer");
        } else if (problem.number("line") > 0) {
            place += ":" + problem.text("line") + ":" + problem.text("column");
        }
        String severity = problem.text("severity").isEmpty() ? "error" : problem.text("severity");
        List<String> lines = new ArrayList<>();
        lines.add((place.isEmpty() ? "" : place + ": ") + severity + ": " + problem.text("message"));
        if (!problem.text("hint").isEmpty()) {
            lines.add("    hint: " + problem.text("hint"));
        }
        return lines;
    }
}
