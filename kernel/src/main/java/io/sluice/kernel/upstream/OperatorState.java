package io.sluice.kernel.upstream;

import java.util.Locale;

/** What operators allow a target. Belongs to the service and the target, not to a plan. */
public enum OperatorState {
    /** All that its health allows. */
    READY,
    /** No new connections; live ones go on. */
    DRAINING,
    /** No new connections and no probes; live ones go on. */
    MAINTENANCE;

    /** The word in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
