package io.sluice.kernel.health;

import io.sluice.kernel.plan.CheckPlan;
import io.sluice.kernel.plugin.Generation;
import io.sluice.kernel.problem.LiveProblems;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Commands that did not come back: not called again until their jar changes. Thread-safe. */
final class FailedCommands {

    private static final String CODE = "command_failed";

    private final Map<Failed, Boolean> failed = new ConcurrentHashMap<>();
    private final LiveProblems problems;
    private volatile Set<Generation> used = Set.of();

    private record Failed(Generation generation, String name) {
    }

    FailedCommands(LiveProblems problems) {
        this.problems = problems;
    }

    /** Calls it no more, unless its plugin was replaced in the meantime. */
    void add(CheckPlan.Command command) {
        if (!used.contains(command.generation())) {
            return;
        }
        failed.put(new Failed(command.generation(), command.name()), true);
        problems.raise(Problem.error(CODE, Place.NONE, "command " + command.name() + " of plugin "
                + command.generation().plugin() + " " + command.generation().version()
                + " did not come back at its probe's deadline, and fails every probe from now on",
                "replace its jar: a new one is used at once"), command.name());
    }

    boolean contains(CheckPlan.Command command) {
        return !failed.isEmpty() && failed.containsKey(new Failed(command.generation(), command.name()));
    }

    /** Which they are. */
    Map<Generation, List<String>> all() {
        return failed.keySet().stream().sorted(Comparator.comparing(Failed::name))
                .collect(Collectors.groupingBy(Failed::generation, Collectors.mapping(Failed::name, Collectors.toList())));
    }

    /** Forgets those of plugins that no check uses any more. */
    void keep(Set<Generation> now) {
        used = now;
        failed.keySet().removeIf(one -> {
            boolean gone = !now.contains(one.generation());
            if (gone) {
                problems.clear(CODE, "", one.name());
            }
            return gone;
        });
    }
}
