package io.sluice.kernel.problem;

import java.util.Locale;

/** How bad a {@link Problem} is. */
public enum Severity {
    /** Something is not in effect because of it. */
    ERROR,
    /** In effect, but the operator should know. */
    WARNING;

    /** The word in JSON and in the output of commands. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
