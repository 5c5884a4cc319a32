package io.sluice.plugins.accesslog;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Addresses as text: IPv6 in the canonical form of RFC 5952, without a zone. */
final class AddressText {

    private static final int GROUPS = 8;

    private AddressText() {
    }

    /** {@code ip:port}, an IPv6 address in brackets. */
    static String withPort(InetSocketAddress address) {
        String ip = ip(address.getAddress());
        return ip.indexOf(':') < 0 ? ip + ":" + address.getPort() : "[" + ip + "]:" + address.getPort();
    }

    static String ip(InetAddress address) {
        return address instanceof Inet6Address v6 ? v6(v6.getAddress()) : address.getHostAddress();
    }

    private static String v6(byte[] bytes) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
        }
        int gap = -1;
        int gapLength = 1;
        for (int start = 0; start < GROUPS; start++) {
            int length = zeros(groups, start);
            if (length > gapLength) {
                gap = start;
                gapLength = length;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == gap) {
                text.append("::");
                i += gapLength - 1;
            } else {
                text.append(i == 0 || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    private static int zeros(int[] groups, int start) {
        int end = start;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - start;
    }
}
