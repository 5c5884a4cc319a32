package io.sluice.kernel.plan;

import io.sluice.kernel.plugin.Generation;
import io.sluice.kernel.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All services of a listener go through the same layers, so through one generation of their code: what one generation
 * prepared means nothing to another. Where a service has to stay on old code, its neighbours stay with it.
 */
final class OneCode {

    private final Predicate<CompiledService> behind;
    private final Map<String, CompiledService> before;
    private final Map<String, List<Problem>> held = new LinkedHashMap<>();

    /**
     * @param behind whether a service is on code that is not offered any more
     * @param before what ran in the plan before, by id, as far as it may go on
     */
    OneCode(Predicate<CompiledService> behind, Map<String, CompiledService> before) {
        this.behind = behind;
        this.before = before;
    }

    /**
     * Puts neighbours of what is behind back to what they were, and takes those away that were nothing.
     *
     * @param standing the services that run, by id; changed
     * @return why, by id
     */
    Map<String, List<Problem>> align(Map<String, CompiledService> standing) {
        if (standing.values().stream().noneMatch(behind)) {
            return held;
        }
        Map<ListenAddress, List<CompiledService>> listeners = new LinkedHashMap<>();
        standing.values().forEach(service -> listeners.computeIfAbsent(address(service), a -> new ArrayList<>()).add(service));
        for (List<CompiledService> members : listeners.values()) {
            Optional<CompiledService> last = members.size() == 1 ? Optional.empty() : members.stream().filter(behind)
                    .filter(one -> members.stream().anyMatch(other -> !code(one).equals(code(other)))).findFirst();
            last.ifPresent(slow -> members.stream().filter(member -> !code(member).equals(code(slow)))
                    .forEach(member -> hold(member, slow, standing)));
        }
        return held;
    }

    private void hold(CompiledService member, CompiledService slow, Map<String, CompiledService> standing) {
        CompiledService old = before.get(member.id());
        boolean goesOn = old != null && address(old).equals(address(member)) && code(old).equals(code(slow));
        if (goesOn) {
            standing.put(member.id(), old);
        } else {
            standing.remove(member.id());
        }
        String name = "\"" + slow.plan().info().name() + "\" (" + slow.key().file() + ")";
        held.put(member.id(), List.of(Problem.error("plugin_held_back", member.place(), "port "
                + member.claim().service().listenPort() + " stays with " + LastGood.named(new HashSet<>(code(slow)))
                + ", because " + name + " does not fit what took its place (expected: the same code for all services on a port)",
                (goesOn ? "it goes on as it was" : "it does not run") + " until " + name + " fits").of(member.id())));
    }

    private static ListenAddress address(CompiledService service) {
        return new ListenAddress(service.claim().service().listenAddress(), service.claim().service().listenPort());
    }

    private static List<Generation> code(CompiledService service) {
        return service.layers().stream().map(layer -> layer.offer().generation()).toList();
    }
}
