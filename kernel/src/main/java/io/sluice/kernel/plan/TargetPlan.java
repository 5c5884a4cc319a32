package io.sluice.kernel.plan;

import io.sluice.spi.connection.TargetAddress;
import io.sluice.spi.protocol.UpstreamLayer;
import java.util.List;

/**
 * One target of a service.
 *
 * @param id       unique in the service and the same after a restart: {@code host:port}, with {@code scheme://} in front
 *                 where two targets of one service differ in nothing else
 * @param scheme   how it is spoken to
 * @param address  where it is
 * @param layers   outermost first; at least one
 * @param weight   0 parks it
 * @param priority the lowest number with a healthy member is used
 */
public record TargetPlan(String id, String scheme, TargetAddress address, List<UpstreamLayer> layers, int weight,
        int priority) {

    public TargetPlan {
        layers = List.copyOf(layers);
    }
}
