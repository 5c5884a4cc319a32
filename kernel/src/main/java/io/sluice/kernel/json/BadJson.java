package io.sluice.kernel.json;

import io.sluice.kernel.problem.Problem;
import java.util.List;

/** A text that is not JSON, or not within bounds, or not to be understood for other reasons. */
public final class BadJson extends Exception {

    private final transient List<Problem> problems;

    public BadJson(Problem problem) {
        this(List.of(problem));
    }

    /**
     * @param problems at least one, in the order of the text
     */
    BadJson(List<Problem> problems) {
        super(problems.get(0).message());
        this.problems = List.copyOf(problems);
    }

    /** The first thing that is wrong, where, and what to do. */
    public Problem problem() {
        return problems.get(0);
    }

    /** All that was found wrong, in the order of the text. */
    public List<Problem> problems() {
        return problems;
    }
}
