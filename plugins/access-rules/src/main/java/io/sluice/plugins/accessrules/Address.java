package io.sluice.plugins.accessrules;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * An IP address as a number. An IPv4-mapped IPv6 address ({@code ::ffff:192.0.2.7}, RFC 4291 2.5.5.2) is the IPv4 address
 * that it carries.
 *
 * @param family 4 or 6
 * @param high   the upper 64 bits; 0 for IPv4
 * @param low    the lower 64 bits; for IPv4 the address, 0 to 2^32 - 1
 */
record Address(int family, long high, long low) {

    private static final long MAPPED = 0xffffL;

    static Address v4(long bits) {
        return new Address(4, 0, bits);
    }

    static Address v6(long high, long low) {
        return isMapped(high, low) ? v4(low & 0xffff_ffffL) : new Address(6, high, low);
    }

    static boolean isMapped(long high, long low) {
        return high == 0 && low >>> 32 == MAPPED;
    }

    /** How many bits an address of this family has. */
    int bits() {
        return family == 4 ? 32 : 128;
    }

    @Override
    public String toString() {
        byte[] bytes = family == 4
                ? ByteBuffer.allocate(4).putInt((int) low).array()
                : ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are always an address", e);
        }
    }
}
