package io.sluice.plugins.accessrules;

/**
 * A CIDR network (RFC 4632, RFC 4291 2.3); a single address is one with the longest prefix.
 *
 * @param address any address in it
 * @param prefix  how many leading bits all its addresses share; 0 to {@link Address#bits()}
 */
record Network(Address address, int prefix) {

    static Network parse(String text) throws BadAddress {
        int slash = text.indexOf('/');
        if (slash < 0) {
            Address address = AddressParser.parse(text);
            return new Network(address, address.bits());
        }
        String literal = text.substring(0, slash);
        Address address = AddressParser.parse(literal);
        if (address.family() == 4 && literal.indexOf(':') >= 0) {
            String rule = "a prefix length of 96 to 128 for an IPv4-mapped network";
            int prefix = AddressParser.decimal(text.substring(slash + 1), 128, rule);
            if (prefix < 96) {
                throw new BadAddress(rule);
            }
            return new Network(address, prefix - 96);
        }
        return new Network(address, AddressParser.decimal(text.substring(slash + 1), address.bits(),
                "a prefix length of 0 to " + address.bits()));
    }

    /** Whether the address has bits beyond the prefix. */
    boolean hasHostBits() {
        return !aligned().equals(this);
    }

    /** The same network, named by its first address. */
    Network aligned() {
        return new Network(first(), prefix);
    }

    Address first() {
        return new Address(address.family(), address.high() & ~hostHigh(), address.low() & ~hostLow());
    }

    Address last() {
        return new Address(address.family(), address.high() | hostHigh(), address.low() | hostLow());
    }

    private long hostHigh() {
        return address.family() == 4 ? 0 : lowest(64 - prefix);
    }

    private long hostLow() {
        return lowest(Math.min(64, address.bits() - prefix));
    }

    /** The lowest {@code count} bits; a count of 0 or less is none. */
    private static long lowest(int count) {
        if (count <= 0) {
            return 0;
        }
        return count >= 64 ? -1L : (1L << count) - 1;
    }

    @Override
    public String toString() {
        return address + "/" + prefix;
    }
}
