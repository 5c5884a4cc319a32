package io.sluice.kernel.plan;

import java.util.Objects;

/**
 * Where a listener listens.
 *
 * @param host an IP literal without brackets
 * @param port 1 to 65535
 */
public record ListenAddress(String host, int port) {

    public ListenAddress {
        Objects.requireNonNull(host, "host");
    }

    /** {@code host:port}, an IPv6 literal in brackets. */
    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
