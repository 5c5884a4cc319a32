package io.sluice.kernel.control;

import io.sluice.kernel.plan.PlanResult;
import io.sluice.kernel.plan.RawService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one definition that stands for each id: of several that claim it the one that runs, else the first; and what was last
 * known of a file that cannot be read.
 */
public final class Standing {

    private Standing() {
    }

    /**
     * All of them, in the order of their files.
     *
     * @param lost   what was last known of files that cannot be read
     * @param broken the files that cannot be understood
     */
    public static List<RawService> of(PlanResult result, List<RawService> definitions, List<RawService> lost,
            Set<String> broken) {
        Map<String, List<RawService>> claimants = new LinkedHashMap<>();
        definitions.forEach(raw -> claimants.computeIfAbsent(raw.id(), id -> new ArrayList<>(1)).add(raw));
        Map<String, RawService> standing = new LinkedHashMap<>();
        claimants.forEach((id, all) -> standing.put(id, choose(all, result.origin(id), broken)));
        lost.forEach(raw -> standing.putIfAbsent(raw.id(), raw));
        return List.copyOf(standing.values());
    }

    static List<RawService> of(Engine.Moment moment) {
        return of(moment.result(), moment.definitions(), moment.lost(), moment.broken().keySet());
    }

    /** The one of an id. */
    static Optional<RawService> of(Engine.Moment moment, String id) {
        List<RawService> claimants = moment.definitions().stream().filter(raw -> raw.id().equals(id)).toList();
        return claimants.isEmpty() ? moment.lost().stream().filter(raw -> raw.id().equals(id)).findFirst()
                : Optional.of(choose(claimants, moment.result().origin(id), moment.broken().keySet()));
    }

    /** The very definition that runs, else what stands in its file by now, else the first. */
    private static RawService choose(List<RawService> claimants, Optional<RawService> running, Set<String> broken) {
        if (running.isEmpty()) {
            return claimants.get(0);
        }
        RawService origin = running.get();
        List<RawService> inItsFile = claimants.stream().filter(raw -> raw.file().equals(origin.file())).toList();
        if (inItsFile.isEmpty()) {
            return broken.contains(origin.file()) ? origin : claimants.get(0);
        }
        return inItsFile.stream().filter(raw -> raw.json().equals(origin.json())).findFirst().orElse(inItsFile.get(0));
    }
}
