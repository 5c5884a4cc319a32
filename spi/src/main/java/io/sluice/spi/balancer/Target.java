package io.sluice.spi.balancer;

import io.sluice.spi.connection.TargetAddress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A target of a service. The same object stands for the same target as long as the service has it, over plans.
 * Compared by identity.
 *
 * @since 1.0
 */
@ProviderType
public interface Target {

    /** Its id, unique in the service and the same after a restart. */
    String id();

    /** Where it is, as the definition or its discovery names it. */
    TargetAddress address();

    /** How much it should get beside the others; 1 or more for a candidate, 0 when parked. */
    int weight();

    /** Its group: the lowest number with a healthy member is used. */
    int priority();

    /** Live connections to it now, those being connected included. */
    int connections();
}
