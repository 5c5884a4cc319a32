package io.sluice.kernel.plan;

import io.sluice.kernel.config.IpLiteral;
import java.net.InetSocketAddress;
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

    /** Where a socket is bound. */
    public static ListenAddress of(InetSocketAddress bound) {
        return new ListenAddress(IpLiteral.text(bound.getAddress()), bound.getPort());
    }

    /** {@code host:port}, an IPv6 literal in brackets. */
    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
