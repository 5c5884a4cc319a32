package io.sluice.testing.commands;

import io.sluice.spi.config.Findings;
import java.util.ArrayList;
import java.util.List;

/** Keeps what an extension found in its configuration. */
public final class RecordedFindings implements Findings {

    private final List<String> lines = new ArrayList<>();
    private final List<String> hints = new ArrayList<>();

    /** One line each: {@code error: field: message}. */
    public List<String> lines() {
        return lines;
    }

    /** The hint of each line. */
    public List<String> hints() {
        return hints;
    }

    @Override
    public void error(String field, String message, String hint) {
        lines.add("error: " + field + ": " + message);
        hints.add(hint);
    }

    @Override
    public void warning(String field, String message, String hint) {
        lines.add("warning: " + field + ": " + message);
        hints.add(hint);
    }
}
