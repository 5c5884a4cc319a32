package io.sluice.kernel.plan;

import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import java.util.List;

/**
 * A service whose own definition is in order: what it claims, what it puts on its listener, and its plan.
 *
 * @param key      what it was made from; the same key means that nothing about the service has changed
 * @param claim    what it claims of the outside
 * @param plan     what its connections run
 * @param warnings what is doubtful about it
 */
record CompiledService(ServiceKey key, Claim claim, ServicePlan plan, List<Problem> warnings) {

    String id() {
        return plan.info().id();
    }

    /** Its part of the listener's layers, outermost first. */
    List<CompiledLayer> layers() {
        return plan.client().layers();
    }

    /** The one that runs, with what is doubtful about it by now, if it is made from the same. */
    CompiledService unlessRunning(CompiledService old) {
        return old != null && old.key().equals(key) ? new CompiledService(key, old.claim(), old.plan(), warnings) : this;
    }

    /** The same service, from an equal definition that may stand in other places. */
    CompiledService readFrom(RawService raw) {
        return new CompiledService(key.at(raw), claim, plan, warnings);
    }

    /** The definition that it was made from. */
    RawService origin() {
        return new RawService(key.definition(), key.file(), id());
    }

    /** Where its port stands in its file. */
    Place place() {
        return ServiceCompiler.fieldOr(key.definition(), "listen_port").place();
    }
}
