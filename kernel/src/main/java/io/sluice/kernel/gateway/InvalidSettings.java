package io.sluice.kernel.gateway;

import io.sluice.kernel.problem.Problem;
import java.util.List;
import java.util.function.Function;

/** The settings file cannot be parsed, so there is nothing to start with. */
public final class InvalidSettings extends Exception {

    private final transient List<Problem> problems;

    private final transient Function<String, String> sources;

    InvalidSettings(List<Problem> problems, Function<String, String> sources) {
        super("the settings cannot be used");
        this.problems = List.copyOf(problems);
        this.sources = sources;
    }

    /** The text of a file, for printing the line that a problem is about. */
    public Function<String, String> sources() {
        return sources;
    }

    public List<Problem> problems() {
        return problems;
    }
}
