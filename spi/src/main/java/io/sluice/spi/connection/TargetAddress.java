package io.sluice.spi.connection;

import java.util.Objects;

/**
 * Where a target is.
 *
 * @param host a host name or an IP literal without brackets
 * @param port 1 to 65535
 * @since 1.0
 */
public record TargetAddress(String host, int port) {

    public TargetAddress {
        Objects.requireNonNull(host, "host");
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
        }
    }

    /** {@code host:port}, an IPv6 literal in brackets. */
    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
