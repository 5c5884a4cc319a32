package io.sluice.plugins.adminhttp;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;

/**
 * For which host names requests may be: a web page that lets its own name point at a loopback address (DNS rebinding) gets
 * nothing.
 */
final class HostRule {

    private HostRule() {
    }

    /**
     * Whether a {@code Host} header names this server.
     *
     * @param header  the header; its port is not looked at
     * @param allowed names besides loopback ones, in lower case
     */
    static boolean admits(String header, Set<String> allowed) {
        String host = name(header.toLowerCase(Locale.ROOT));
        if (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        return host.equals("localhost") || host.endsWith(".localhost") || allowed.contains(host) || isLoopback(host);
    }

    private static String name(String header) {
        if (header.startsWith("[")) {
            int end = header.indexOf(']');
            return end < 0 ? "" : header.substring(1, end);
        }
        int colon = header.lastIndexOf(':');
        return colon < 0 ? header : header.substring(0, colon);
    }

    /** Literals only: no name is ever resolved. */
    private static boolean isLoopback(String host) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
        try {
            return bytes != null && InetAddress.getByAddress(bytes).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
