package io.sluice.plugins.tls.upstream;

import io.sluice.spi.config.Findings;
import java.util.ArrayList;
import java.util.List;

/** Collects findings. */
final class Collected implements Findings {

    final List<String> errors = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();

    @Override
    public void error(String field, String message, String hint) {
        errors.add(field + ": " + message);
    }

    @Override
    public void warning(String field, String message, String hint) {
        warnings.add(field + ": " + message);
    }
}
