package io.sluice.spi.connection;

import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * The two ends of the client's socket as the operating system reports them. Behind a proxy the remote end is that proxy.
 *
 * @param remote the other side's address; always resolved
 * @param local  the address of this side that was connected to; always resolved
 * @since 1.0
 */
public record SocketPeer(InetSocketAddress remote, InetSocketAddress local) {

    public SocketPeer {
        Objects.requireNonNull(remote, "remote");
        Objects.requireNonNull(local, "local");
    }
}
