package io.sluice.plugins.filediscovery;

import io.sluice.spi.config.Findings;
import java.util.ArrayList;
import java.util.List;

/** Findings as lines. */
final class RecordedFindings implements Findings {

    final List<String> lines = new ArrayList<>();

    @Override
    public void error(String field, String message, String hint) {
        lines.add("error " + field + ": " + message);
    }

    @Override
    public void warning(String field, String message, String hint) {
        lines.add("warning " + field + ": " + message);
    }
}
