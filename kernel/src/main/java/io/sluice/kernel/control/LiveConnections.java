package io.sluice.kernel.control;

import io.sluice.kernel.plan.ServicePlan;
import io.sluice.kernel.runtime.GatewayRuntime;

/** What changes mean for the connections that are live now. */
record LiveConnections(GatewayRuntime runtime) implements DefinitionDifference.Live {

    @Override
    public int of(String service) {
        return runtime.connections(service);
    }

    @Override
    public int refusedBy(ServicePlan next) {
        return runtime.refusedBy(next);
    }
}
