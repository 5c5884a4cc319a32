package io.sluice.kernel.plan;

import io.sluice.kernel.json.JsonValue;
import io.sluice.spi.connection.TargetAddress;
import io.sluice.spi.discovery.PreparedDiscovery;
import io.sluice.spi.protocol.UpstreamLayer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the targets of a service come from, and how what is found there is reached.
 *
 * @param discovery asks
 * @param scheme    of a target that is found without one
 * @param stacks    the layers for each scheme that can be used
 * @param source    as it was written
 */
public record DiscoveryPlan(PreparedDiscovery discovery, String scheme, Map<String, List<UpstreamLayer>> stacks,
        JsonValue source) {

    /** Schemes that answers carry because their authors had nothing else in mind. */
    private static final Set<String> MEANINGLESS = Set.of("http", "https");

    public DiscoveryPlan {
        stacks = Map.copyOf(stacks);
    }

    /** The scheme that counts for a target that was found; empty if it cannot be used. */
    public Optional<String> scheme(String found) {
        String counts = found.isEmpty() || MEANINGLESS.contains(found) && !stacks.containsKey(found) ? scheme : found;
        return stacks.containsKey(counts) ? Optional.of(counts) : Optional.empty();
    }

    /**
     * A target that was found.
     *
     * @param id     unique in the service
     * @param scheme one that {@link #scheme} answered
     */
    public TargetPlan target(String id, String scheme, TargetAddress address, int weight, int priority) {
        return new TargetPlan(id, scheme, address, stacks.get(scheme), weight, priority);
    }
}
