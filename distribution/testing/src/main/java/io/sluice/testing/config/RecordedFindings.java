package io.sluice.testing.config;

import io.sluice.spi.config.Findings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Keeps what an extension found in its configuration. */
public final class RecordedFindings implements Findings {

    private final List<String> lines = new ArrayList<>();
    private final List<String> hints = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Instant> moments = new ArrayList<>();

    /** One line each: {@code error: field: message}. */
    public List<String> lines() {
        return lines;
    }

    /** The hint of each line. */
    public List<String> hints() {
        return hints;
    }

    /** The errors alone: {@code field: message}. */
    public List<String> errors() {
        return errors;
    }

    /** The warnings alone: {@code field: message}. */
    public List<String> warnings() {
        return warnings;
    }

    /** Until when what was found holds. */
    public List<Instant> moments() {
        return moments;
    }

    @Override
    public void error(String field, String message, String hint) {
        errors.add(field + ": " + message);
        lines.add("error: " + field + ": " + message);
        hints.add(hint);
    }

    @Override
    public void warning(String field, String message, String hint) {
        warnings.add(field + ": " + message);
        lines.add("warning: " + field + ": " + message);
        hints.add(hint);
    }

    @Override
    public void holdsUntil(Instant moment) {
        moments.add(moment);
    }
}
