package io.sluice.kernel.plan;

import io.sluice.kernel.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides between services that claim the same thing. What already runs with the same claim stays; of newcomers that
 * clash with each other none runs; a service whose changed claim is refused goes back to the one that it ran with.
 */
final class Rivals {

    private final Map<String, CompiledService> running;
    private final Map<String, CompiledService> standing = new LinkedHashMap<>();
    private final Map<String, List<Problem>> refused = new LinkedHashMap<>();

    /**
     * @param wanted  the services whose definitions are in order, by id
     * @param running those of the plan before that may go on, by id
     */
    Rivals(Map<String, CompiledService> wanted, Map<String, CompiledService> running) {
        this.running = running;
        this.standing.putAll(wanted);
        running.forEach(standing::putIfAbsent);
        settle();
    }

    /** The services that run, by id. */
    Map<String, CompiledService> standing() {
        return standing;
    }

    /** Why each refused service was refused, by id. */
    Map<String, List<Problem>> refused() {
        return refused;
    }

    private void settle() {
        for (Map<String, List<Problem>> losers = losers(); !losers.isEmpty(); losers = losers()) {
            losers.forEach((id, reasons) -> {
                refused.put(id, reasons);
                CompiledService before = running.get(id);
                if (before == null) {
                    standing.remove(id);
                } else {
                    standing.put(id, before);
                }
            });
        }
    }

    private Map<String, List<Problem>> losers() {
        Map<String, List<Problem>> losers = new LinkedHashMap<>();
        for (List<CompiledService> onePort : byPort()) {
            for (int i = 0; i < onePort.size(); i++) {
                for (int j = i + 1; j < onePort.size(); j++) {
                    compare(onePort.get(i), onePort.get(j), losers);
                }
            }
        }
        return losers;
    }

    private Collection<List<CompiledService>> byPort() {
        Map<Integer, List<CompiledService>> ports = new HashMap<>();
        standing.values().forEach(service ->
                ports.computeIfAbsent(service.claim().service().listenPort(), p -> new ArrayList<>()).add(service));
        return ports.values();
    }

    private void compare(CompiledService one, CompiledService other, Map<String, List<Problem>> losers) {
        Optional<String> clash = one.claim().clashWith(other.claim());
        if (clash.isEmpty()) {
            return;
        }
        boolean oneStays = stays(one);
        boolean otherStays = stays(other);
        if (!oneStays) {
            lose(one, other, clash.get(), otherStays, losers);
        }
        if (!otherStays) {
            lose(other, one, clash.get(), oneStays, losers);
        }
    }

    private boolean stays(CompiledService service) {
        CompiledService before = running.get(service.id());
        return before != null && before.claim().claimsTheSameAs(service.claim());
    }

    private static void lose(CompiledService loser, CompiledService winner, String clash, boolean winnerRuns,
            Map<String, List<Problem>> losers) {
        String message = clash + ": " + described(loser) + " and " + described(winner);
        String hint = winnerRuns
                ? "\"" + winner.plan().info().name() + "\" already runs and goes on; after a restart neither would run"
                : "neither runs until one of them is changed";
        List<Problem> reasons = losers.computeIfAbsent(loser.id(), id -> new ArrayList<>());
        if (reasons.stream().noneMatch(reason -> reason.message().startsWith(clash))) {
            reasons.add(Problem.error("conflict", loser.place(), message, hint).of(loser.id()));
        }
    }

    private static String described(CompiledService service) {
        return "\"" + service.plan().info().name() + "\" (" + service.claim().file() + ")";
    }
}
