package io.sluice.plugins.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A CIDR network, or a single address as one with the longest prefix. Names are never resolved.
 */
final class IpNetwork {

    private static final Pattern V4 = Pattern.compile(
            "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:]{2,39}|[0-9A-Fa-f:]{2,30}[0-9.]{7,15}");

    private final byte[] address;
    private final int prefix;

    private IpNetwork(byte[] address, int prefix) {
        this.address = address;
        this.prefix = prefix;
    }

    /**
     * Parses {@code 10.0.0.0/8}, {@code 2001:db8::/32} or a single address.
     *
     * @throws IllegalArgumentException with the rule that is broken
     */
    static IpNetwork parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = address(slash < 0 ? text : text.substring(0, slash));
        int bits = address.length * 8;
        if (slash < 0) {
            return new IpNetwork(address, bits);
        }
        String prefix = text.substring(slash + 1);
        if (!prefix.matches("0|[1-9]\\d{0,2}") || Integer.parseInt(prefix) > bits) {
            throw new IllegalArgumentException("a prefix length of 0 to " + bits);
        }
        return new IpNetwork(address, Integer.parseInt(prefix));
    }

    /**
     * The bytes of an IP literal.
     *
     * @throws IllegalArgumentException if it is none
     */
    static byte[] address(String literal) {
        if (V4.matcher(literal).matches() || literal.indexOf(':') >= 0 && V6.matcher(literal).matches()) {
            try {
                return InetAddress.getByName(literal).getAddress();
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("an IP address or network", e);
            }
        }
        throw new IllegalArgumentException("an IP address or network");
    }

    boolean contains(InetAddress other) {
        byte[] bytes = other.getAddress();
        if (bytes.length != address.length) {
            return false;
        }
        int whole = prefix / 8;
        if (!Arrays.equals(bytes, 0, whole, address, 0, whole)) {
            return false;
        }
        int rest = prefix % 8;
        return rest == 0 || ((bytes[whole] ^ address[whole]) & 0xff) >> 8 - rest == 0;
    }
}
