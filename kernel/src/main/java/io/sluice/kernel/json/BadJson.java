package io.sluice.kernel.json;

import io.sluice.kernel.problem.Problem;

/** A text that is not JSON, or not within bounds. */
public final class BadJson extends Exception {

    private final transient Problem problem;

    public BadJson(Problem problem) {
        super(problem.message());
        this.problem = problem;
    }

    /** What is wrong, where, and what to do. */
    public Problem problem() {
        return problem;
    }
}
