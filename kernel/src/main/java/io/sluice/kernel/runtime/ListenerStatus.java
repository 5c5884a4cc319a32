package io.sluice.kernel.runtime;

import io.sluice.kernel.listen.Listener;
import io.sluice.kernel.plan.ListenAddress;
import java.util.List;

/**
 * A listener as people see it.
 *
 * @param address  where
 * @param protocol its innermost layer
 * @param services the ids of the services behind it
 * @param open     whether it accepts; if not, it is tried again until it does
 * @param reason   why it is not open; empty when it is
 * @param hint     what to do about it
 */
public record ListenerStatus(ListenAddress address, String protocol, List<String> services, boolean open,
        String reason, String hint) {

    /** Whether it is not open because another process has the address. */
    public boolean isTaken() {
        return reason.startsWith(Listener.TAKEN);
    }
}
