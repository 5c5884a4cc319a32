package io.sluice.kernel.upstream;

import io.sluice.kernel.discovery.DiscoveredTarget;
import io.sluice.kernel.plan.DiscoveryPlan;
import io.sluice.kernel.plan.TargetPlan;
import io.sluice.spi.connection.TargetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A discovery's answer as targets of a service.
 *
 * @param targets those that can be reached
 * @param leftOut addresses whose scheme leads nowhere
 */
public record FoundTargets(List<TargetPlan> targets, List<String> leftOut) {

    /** Finds the layers for each target that was found. */
    public static FoundTargets of(DiscoveryPlan plan, List<DiscoveredTarget> found) {
        Map<String, TargetPlan> targets = new LinkedHashMap<>();
        List<String> leftOut = new ArrayList<>();
        Map<TargetAddress, Integer> times = new HashMap<>();
        found.forEach(target -> times.merge(target.address(), 1, Integer::sum));
        for (DiscoveredTarget target : found) {
            Optional<String> scheme = plan.scheme(target.scheme());
            String id = times.get(target.address()) == 1 || scheme.isEmpty() ? target.address().toString()
                    : scheme.get() + "://" + target.address();
            if (scheme.isEmpty()) {
                leftOut.add(target.scheme() + "://" + target.address());
            } else {
                targets.putIfAbsent(id, plan.target(id, scheme.get(), target.address(), target.weight(), target.priority()));
            }
        }
        return new FoundTargets(List.copyOf(targets.values()), leftOut);
    }
}
