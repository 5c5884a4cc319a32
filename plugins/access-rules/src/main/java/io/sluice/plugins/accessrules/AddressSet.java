package io.sluice.plugins.accessrules;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/**
 * A fixed set of addresses. The families are apart: {@code ::/0} is every IPv6 address and no IPv4 address, but a client
 * that shows its IPv4 address in IPv6's mapped form is an IPv4 client.
 */
final class AddressSet {

    private final RangeTable v4;
    private final RangeTable v6;

    private AddressSet(RangeTable v4, RangeTable v6) {
        this.v4 = v4;
        this.v6 = v6;
    }

    static AddressSet of(List<Network> networks) {
        return new AddressSet(RangeTable.of(networks, 4), RangeTable.of(networks, 6));
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet6Address) {
            long high = number(bytes, 0, 8);
            long low = number(bytes, 8, 16);
            return Address.isMapped(high, low) ? v4.contains(0, low & 0xffff_ffffL) : v6.contains(high, low);
        }
        return v4.contains(0, number(bytes, 0, 4));
    }

    private static long number(byte[] bytes, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number << 8 | bytes[i] & 0xff;
        }
        return number;
    }
}
