package io.sluice.kernel.plan;

import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.plugin.Generation;
import io.sluice.kernel.plugin.Offer;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a service goes on as while its definition cannot be used: its last good one, on the code that is installed now, or,
 * if it does not fit that, on the code that it has.
 */
final class LastGood {

    private final Attempts attempts;
    private final Set<Generation> offered;

    LastGood(Attempts attempts, ExtensionCatalog catalog) {
        this.attempts = attempts;
        this.offered = Kinds.offers(catalog).stream().map(Offer::generation).collect(Collectors.toSet());
    }

    /** Whether a service runs on code that is not offered any more. */
    boolean isBehind(CompiledService service) {
        return !offered.containsAll(service.key().generations());
    }

    /** The same service on the code of now, if that is possible. */
    CompiledService onCodeOfNow(CompiledService running) {
        return isBehind(running) ? attempts.again(running.id(), running.origin()).service().orElse(running) : running;
    }

    /** Says that a service stays on its code, because it does not fit that which took its place. */
    Problem misfit(CompiledService running) {
        Set<Generation> old = running.key().generations().stream().filter(one -> !offered.contains(one))
                .collect(Collectors.toSet());
        Set<Generation> now = offered.stream().filter(one -> old.stream().anyMatch(o -> o.plugin().equals(one.plugin())))
                .collect(Collectors.toSet());
        String replaced = now.isEmpty() ? "its plugins" : named(now);
        String files = now.stream().map(Generation::file).sorted().collect(Collectors.joining(" and "));
        return Problem.error("plugin_does_not_fit", Place.file(running.key().file()),
                "the definition of \"" + running.plan().info().name() + "\" does not fit " + replaced
                        + (files.isEmpty() ? "" : " in " + files) + ": it goes on with " + named(old),
                "put the earlier jar back" + (files.isEmpty() ? "" : " instead of " + files)
                        + ", or change the definition as its other problems say").of(running.id());
    }

    static String named(Set<Generation> generations) {
        return generations.stream().map(one -> one.plugin() + " " + one.version() + " (generation " + one.number() + ")")
                .sorted().collect(Collectors.joining(", "));
    }
}
