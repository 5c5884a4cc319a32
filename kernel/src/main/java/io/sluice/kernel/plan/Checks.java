package io.sluice.kernel.plan;

import io.sluice.spi.connection.TargetAddress;
import io.sluice.spi.protocol.UpstreamLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The health checks of one service. A check belongs to the target with the same host and port, whether that is listed or
 * discovered; targets without one take the default check, if there is one.
 */
public final class Checks {

    static final Checks NONE = new Checks(List.of(), Optional.empty());

    private final List<Entry> listed;
    private final Optional<Entry> byDefault;

    /**
     * One entry of the definition.
     *
     * @param address the target that it belongs to; {@code null} for the default check
     * @param scheme  how the target is spoken to; empty = as its connections
     * @param plan    what is asked; its layers are those of the scheme if there is one
     * @param stacks  the layers for each scheme that targets may have; empty where a scheme is given
     */
    record Entry(TargetAddress address, String scheme, CheckPlan plan, Map<String, List<UpstreamLayer>> stacks) {

        /** Where there is but one scheme to choose from. */
        CheckPlan alone() {
            String only = stacks.keySet().iterator().next();
            return new CheckPlan(plan.name(), only, stacks.get(only), plan.commands(), plan.rules(), plan.source());
        }

        CheckPlan of(TargetPlan target) {
            List<UpstreamLayer> layers = stacks.get(target.scheme());
            return !scheme.isEmpty() || layers == null ? plan : new CheckPlan(plan.name(), target.scheme(), layers,
                    plan.commands(), plan.rules(), plan.source());
        }
    }

    Checks(List<Entry> listed, Optional<Entry> byDefault) {
        this.listed = List.copyOf(listed);
        this.byDefault = byDefault;
    }

    /** The checks of a target; empty if nothing checks it. */
    public List<CheckPlan> of(TargetPlan target) {
        List<CheckPlan> own = new ArrayList<>();
        for (Entry entry : listed) {
            if (entry.address().equals(target.address())) {
                own.add(entry.of(target));
            }
        }
        if (own.isEmpty()) {
            byDefault.ifPresent(entry -> own.add(entry.of(target)));
        }
        return own;
    }

    /** Whether there is any. */
    public boolean isEmpty() {
        return listed.isEmpty() && byDefault.isEmpty();
    }
}
