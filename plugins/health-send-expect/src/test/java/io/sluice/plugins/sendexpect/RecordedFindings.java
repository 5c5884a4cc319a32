package io.sluice.plugins.sendexpect;

import io.sluice.spi.config.Findings;
import java.util.ArrayList;
import java.util.List;

/** Keeps what was found, one line each. */
final class RecordedFindings implements Findings {

    final List<String> lines = new ArrayList<>();
    final List<String> hints = new ArrayList<>();

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
