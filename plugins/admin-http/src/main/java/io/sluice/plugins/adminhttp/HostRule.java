package io.sluice.plugins.adminhttp;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For which host names requests may be: a web page that lets its own name point at a loopback address (DNS rebinding) gets
 * nothing.
 */
final class HostRule {

    private static final Pattern HOST = Pattern.compile("(?:\\[([^\\[\\]]*)]|([^:\\[\\]]*))(?::\\d{0,5})?");

    private HostRule() {
    }

    /**
     * Whether a {@code Host} header names this server.
     *
     * @param header  the header; its port is only looked at for being one
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
        Matcher matcher = HOST.matcher(header);
        return !matcher.matches() ? "" : matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
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
