package io.sluice.kernel.config;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP literals, without ever asking a name service. */
public final class IpLiteral {

    private static final Pattern V4 = Pattern.compile(
            "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}");
    private static final Pattern V6 = Pattern.compile("(?!\\.)[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9._-]{1,32})?");

    private static final int NO_RUN = -1;

    private IpLiteral() {
    }

    /** The address as people write it; IPv6 in the form of RFC 5952, section 4. */
    public static String text(InetAddress address) {
        if (!(address instanceof Inet6Address v6)) {
            return address.getHostAddress();
        }
        ByteBuffer groups = ByteBuffer.wrap(v6.getAddress());
        int run = longestRunOfZeros(groups);
        int length = run == NO_RUN ? 0 : zerosFrom(groups, run);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == run) {
                text.append("::");
                i += length - 1;
            } else {
                text.append(i == 0 || i == run + length && run != NO_RUN ? "" : ":")
                        .append(Integer.toHexString(groups.getShort(2 * i) & 0xffff));
            }
        }
        return v6.getScopeId() == 0 ? text.toString() : text.append('%').append(v6.getScopeId()).toString();
    }

    /** Address and port, an IPv6 address in brackets. */
    public static String text(InetSocketAddress address) {
        String host = text(address.getAddress());
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Where the first of the longest runs of two or more groups of zeros begins. */
    private static int longestRunOfZeros(ByteBuffer groups) {
        int longest = NO_RUN;
        for (int i = 0; i < 8; i++) {
            if (zerosFrom(groups, i) >= 2 && (longest == NO_RUN || zerosFrom(groups, i) > zerosFrom(groups, longest))) {
                longest = i;
            }
        }
        return longest;
    }

    private static int zerosFrom(ByteBuffer groups, int start) {
        int end = start;
        while (end < 8 && groups.getShort(2 * end) == 0) {
            end++;
        }
        return end - start;
    }

    /** The address of a literal; one of IPv6 may stand in brackets. */
    public static Optional<InetAddress> literal(String text) {
        String v6 = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (!V4.matcher(text).matches() && !V6.matcher(v6).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(v6));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** The same for an address to listen on: {@code localhost} is 127.0.0.1. */
    public static Optional<InetAddress> parse(String text) {
        return literal(text.equals("localhost") ? "127.0.0.1" : text);
    }
}
