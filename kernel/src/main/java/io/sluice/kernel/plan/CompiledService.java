package io.sluice.kernel.plan;

import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import java.util.List;

/**
 * A service whose own definition is in order: what it claims, what it puts on its listener, and its plan.
 *
 * @param key      what it was made from; the same key means that nothing about the service has changed
 * @param claim    what it claims of the outside
 * @param layers   its part of the listener's layers, outermost first
 * @param plan     what its connections run
 * @param warnings what is doubtful about it
 */
record CompiledService(ServiceKey key, Claim claim, List<CompiledLayer> layers, ServicePlan plan,
        List<Problem> warnings) {

    String id() {
        return plan.info().id();
    }

    /** Where its port stands in its file. */
    Place place() {
        return ServiceCompiler.fieldOr(key.definition(), "listen_port").place();
    }
}
