package io.sluice.kernel.upstream;

import io.sluice.spi.balancer.Target;
import io.sluice.spi.connection.ServiceInfo;
import java.time.Duration;

/**
 * Who is told what becomes of targets. Exactly one call for each transition, in their order, on the one thread that
 * steers targets: implementations must not block, and what they throw is logged.
 */
public interface HealthListener {

    /** A target became healthy by its checks: after being down, or by its first results. */
    default void hostUp(ServiceInfo service, Target target) {
    }

    /**
     * A target became unhealthy by its checks.
     *
     * @param reason why its last probe failed, one sentence
     */
    default void hostDown(ServiceInfo service, Target target, String reason) {
    }

    /**
     * A target is out because connections to it failed.
     *
     * @param rest for how long
     */
    default void hostEjected(ServiceInfo service, Target target, Duration rest) {
    }

    /** An ejected target may take connections again. */
    default void hostReadmitted(ServiceInfo service, Target target) {
    }

    /** An operator changed what a target may do. */
    default void hostOperated(ServiceInfo service, Target target, OperatorState state) {
    }

    /** The service whose plan counts has targets or checks that it did not have before, or is new itself. */
    default void targetsChanged(RunningService service) {
    }

    /** A probe of a target has ended. Often: as often as targets are probed. */
    default void probed(ServiceInfo service, Target target, ProbeReport report) {
    }
}
