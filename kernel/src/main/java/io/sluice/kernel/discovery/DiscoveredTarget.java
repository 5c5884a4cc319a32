package io.sluice.kernel.discovery;

import io.sluice.spi.connection.TargetAddress;

/**
 * A target that was found and can be used.
 *
 * @param scheme   empty if the answer had none
 * @param address  where it is
 * @param weight   0 to 1,000,000, or more where an answer repeats it
 * @param priority its group
 */
public record DiscoveredTarget(String scheme, TargetAddress address, int weight, int priority) {
}
