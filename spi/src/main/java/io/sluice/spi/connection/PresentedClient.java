package io.sluice.spi.connection;

import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * Who the client is for access rules, limits, hashing, logs and metrics: what a trusted proxy in front presented, else
 * the socket's own ends.
 *
 * @param source      the client's address; always resolved
 * @param destination the address that the client connected to; always resolved
 * @since 1.0
 */
public record PresentedClient(InetSocketAddress source, InetSocketAddress destination) {

    public PresentedClient {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(destination, "destination");
    }
}
