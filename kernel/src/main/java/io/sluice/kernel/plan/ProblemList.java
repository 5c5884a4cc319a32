package io.sluice.kernel.plan;

import io.sluice.kernel.config.FindingsSink;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.plugin.Generation;
import io.sluice.kernel.problem.FirstProblems;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import io.sluice.spi.config.Findings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects the problems of one service, the first of them if they are too many. */
final class ProblemList {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemList.class);

    private final String service;
    private final FirstProblems problems = new FirstProblems();
    /** Findings of extensions, as far as they stand at the very field that they are about. */
    private final List<Problem> findings = new ArrayList<>();
    private final List<Instant> moments = new ArrayList<>();

    ProblemList(String service) {
        this.service = service;
    }

    void add(Problem problem) {
        problems.accept(problem.of(service));
    }

    void addAll(List<Problem> others) {
        others.forEach(problems);
    }

    void error(String code, Place place, String message, String hint) {
        add(Problem.error(code, place, message, hint));
    }

    void warning(String code, Place place, String message, String hint) {
        add(Problem.warning(code, place, message, hint));
    }

    /** An error at a field of the definition, or at the definition where the field is absent. */
    void errorAt(JsonObject source, String path, String code, String message, String hint) {
        error(code, ServiceCompiler.fieldOr(source, path).place(), message, hint);
    }

    /** A warning at a field of the definition, or at the definition where the field is absent. */
    void warningAt(JsonObject source, String path, String code, String message, String hint) {
        warning(code, ServiceCompiler.fieldOr(source, path).place(), message, hint);
    }

    /** Of those that are not kept nobody needs to know where they stand. */
    private void remember(Problem finding) {
        if (findings.size() < 2 * FirstProblems.MOST) {
            findings.add(finding.of(service));
        }
    }

    boolean hasErrors() {
        return problems.hasErrors();
    }

    /** The earliest moment to come at which the extensions want to be asked again. */
    Optional<Instant> holdsUntil(Instant now) {
        return moments.stream().filter(now::isBefore).min(Comparator.naturalOrder());
    }

    /**
     * All of them, but for what an extension only finds because the binder has refused the value, or a part of it: it saw
     * a default, or less than is written.
     */
    List<Problem> all() {
        List<Problem> all = problems.all();
        return findings.isEmpty() ? all
                : all.stream().filter(problem -> !findings.contains(problem) || !isRefused(problem.place(), all)).toList();
    }

    private boolean isRefused(Place place, List<Problem> all) {
        return all.stream().anyMatch(other -> other.isError() && !findings.contains(other)
                && other.place().file().equals(place.file()) && (other.place().pointer() + "/").startsWith(place.pointer() + "/"));
    }

    /**
     * Calls a plugin with findings that become problems at the right places; whatever it throws becomes a problem that
     * names it.
     *
     * @return what the call returned, or {@code null} if it threw
     */
    <T> T guarded(BoundExtension<?> extension, Function<Findings, T> call) {
        try {
            T answer = call.apply(new FindingsSink(extension.origin(), this::add, this::remember, moments::add));
            if (answer == null && !hasErrors()) {
                throw new IllegalStateException("it answered null and reported no error");
            }
            return answer;
        } catch (Throwable e) {
            Generation generation = extension.offer().generation();
            String failed = extension.offer().name() + " of plugin " + generation.plugin() + " failed: " + e;
            LOG.debug(failed, e);
            error("plugin_failed", extension.origin().place(), failed,
                    "this is a fault of the plugin: put a jar that works in the place of " + generation.file());
            return null;
        }
    }
}
