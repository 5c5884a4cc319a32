package io.sluice.plugins.adminhttp;

import java.net.InetSocketAddress;

/**
 * Where to listen.
 *
 * @param host a name or an IP literal without brackets
 * @param port 0 to 65535; 0 = any that is free
 */
record BindAddress(String host, int port) {

    /** Reads {@code host:port}; an IPv6 literal stands in brackets. */
    static BindAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (!host.isEmpty() && port >= 0 && port <= 65535) {
                return new BindAddress(host, port);
            }
        } catch (NumberFormatException e) {
            // the same answer as for a number that is no port
        }
        throw new IllegalArgumentException("admin.address: \"" + text + "\" (expected: host:port, or \"off\")");
    }

    InetSocketAddress resolved() {
        return new InetSocketAddress(host, port);
    }

    /** The URL of what is bound. */
    static String url(InetSocketAddress bound) {
        String host = bound.getAddress().getHostAddress();
        return "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + bound.getPort();
    }
}
