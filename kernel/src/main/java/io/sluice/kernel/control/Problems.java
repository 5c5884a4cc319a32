package io.sluice.kernel.control;

import io.sluice.kernel.problem.Problem;
import io.sluice.spi.control.Problem.Severity;
import java.util.List;

/** Problems in the shape that plugins see. */
public final class Problems {

    private Problems() {
    }

    /** All of them. */
    public static List<io.sluice.spi.control.Problem> of(List<Problem> problems) {
        return problems.stream().map(Problems::of).toList();
    }

    /** One of them. */
    public static io.sluice.spi.control.Problem of(Problem problem) {
        boolean placed = problem.place().line() > 0;
        return new io.sluice.spi.control.Problem(problem.isError() ? Severity.ERROR : Severity.WARNING, problem.code(),
                orNull(problem.service()), orNull(problem.place().file()), placed ? problem.place().line() : null,
                placed ? problem.place().column() : null, placed ? problem.place().pointer() : null, problem.message(),
                orNull(problem.hint()));
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
