package io.sluice.plugins.tls.client;

import io.sluice.spi.config.Findings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What an extension found. */
final class Found implements Findings {

    final List<String> errors = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    final List<Instant> moments = new ArrayList<>();

    @Override
    public void error(String field, String message, String hint) {
        errors.add(field + ": " + message);
    }

    @Override
    public void warning(String field, String message, String hint) {
        warnings.add(field + ": " + message);
    }

    @Override
    public void holdsUntil(Instant moment) {
        moments.add(moment);
    }
}
