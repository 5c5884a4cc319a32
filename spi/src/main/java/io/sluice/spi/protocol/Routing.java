package io.sluice.spi.protocol;

import io.sluice.spi.connection.ServiceInfo;

/**
 * The router's answer.
 *
 * @since 1.0
 */
public sealed interface Routing {

    /**
     * A service was chosen.
     *
     * @param service the service
     */
    record Routed(ServiceInfo service) implements Routing {
    }

    /**
     * No service answers.
     *
     * @param reason one sentence for people
     */
    record Unrouted(String reason) implements Routing {
    }
}
