package io.sluice.plugins.accessrules;

/**
 * Reads IP literals and nothing else: IPv4 as four decimal numbers (RFC 6943 3.1.1 calls it the strict form), IPv6 as in
 * RFC 4291 2.2.
 *
 * <p>The JDK's parser is not used: it takes {@code 10.1} for {@code 10.0.0.1}, and asks a name server about what it does
 * not understand. Leading zeros are refused because readers disagree on whether they mean octal.
 */
final class AddressParser {

    private static final String RULE = "an IP address or a CIDR network";
    private static final int LONGEST = 45;
    private static final int GROUPS = 8;

    private AddressParser() {
    }

    static Address parse(String text) throws BadAddress {
        if (text.length() > LONGEST) {
            throw new BadAddress(RULE);
        }
        return text.indexOf(':') < 0 ? Address.v4(v4(text)) : v6(text);
    }

    private static long v4(String text) throws BadAddress {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            throw new BadAddress(RULE);
        }
        long address = 0;
        for (String part : parts) {
            address = address << 8 | decimal(part, 255, RULE);
        }
        return address;
    }

    /** Reads a number without sign and leading zeros. */
    static int decimal(String text, int max, String rule) throws BadAddress {
        if (text.isEmpty() || text.length() > 3 || text.length() > 1 && text.charAt(0) == '0') {
            throw new BadAddress(rule);
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw new BadAddress(rule);
            }
            value = value * 10 + (c - '0');
        }
        if (value > max) {
            throw new BadAddress(rule);
        }
        return value;
    }

    private static Address v6(String text) throws BadAddress {
        if (text.indexOf('%') >= 0) {
            throw new BadAddress("an IPv6 address without a zone");
        }
        int gap = text.indexOf("::");
        int[] groups = new int[GROUPS];
        if (gap < 0) {
            if (groups(text, groups, 0) != GROUPS) {
                throw new BadAddress(RULE);
            }
        } else {
            int[] tail = new int[GROUPS];
            int before = groups(text.substring(0, gap), groups, 0);
            String after = text.substring(gap + 2);
            if (before == GROUPS || text.substring(0, gap).indexOf('.') >= 0) {
                throw new BadAddress(RULE);
            }
            int count = groups(after, tail, before + 1);
            System.arraycopy(tail, before + 1, groups, GROUPS - (count - before - 1), count - before - 1);
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < GROUPS / 2; i++) {
            high = high << 16 | groups[i];
            low = low << 16 | groups[GROUPS / 2 + i];
        }
        return Address.v6(high, low);
    }

    /**
     * Reads groups separated by single colons; the last may be a dotted quad.
     *
     * @param at where in {@code groups} the first belongs
     * @return where the next group would belong
     */
    private static int groups(String text, int[] groups, int at) throws BadAddress {
        if (text.isEmpty()) {
            return at;
        }
        String[] parts = text.split(":", -1);
        int next = at;
        for (int i = 0; i < parts.length; i++) {
            boolean quad = i == parts.length - 1 && parts[i].indexOf('.') >= 0;
            if (next + (quad ? 2 : 1) > GROUPS) {
                throw new BadAddress(RULE);
            }
            if (quad) {
                long address = v4(parts[i]);
                groups[next++] = (int) (address >>> 16);
                groups[next++] = (int) (address & 0xffff);
            } else {
                groups[next++] = group(parts[i]);
            }
        }
        return next;
    }

    private static int group(String text) throws BadAddress {
        if (text.isEmpty() || text.length() > 4) {
            throw new BadAddress(RULE);
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw new BadAddress(RULE);
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
