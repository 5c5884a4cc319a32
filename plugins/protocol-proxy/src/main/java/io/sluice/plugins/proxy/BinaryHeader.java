package io.sluice.plugins.proxy;

import io.netty.buffer.ByteBuf;
import io.sluice.plugins.proxy.Header.Addresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Version 2, the binary header (PROXY protocol 2.2). */
final class BinaryHeader {

    static final int FIXED = 16;
    static final int TLV_CRC32C = 0x03;
    static final int TLV_SSL = 0x20;

    private static final int LOCAL = 0;
    private static final int PROXY = 1;
    private static final int SSL_FIXED = 5;

    private BinaryHeader() {
    }

    /** Parses bytes that begin with the signature. */
    static Header parse(ByteBuf bytes) {
        int start = bytes.readerIndex();
        int there = bytes.readableBytes();
        if (there > 12) {
            int versionAndCommand = bytes.getUnsignedByte(start + 12);
            if (versionAndCommand >> 4 != 2) {
                return bad("version " + (versionAndCommand >> 4) + " (expected: 2)");
            }
            if ((versionAndCommand & 0x0f) > PROXY) {
                return bad("command " + (versionAndCommand & 0x0f) + " (expected: 0 for LOCAL or 1 for PROXY)");
            }
        }
        boolean local = there > 12 && (bytes.getUnsignedByte(start + 12) & 0x0f) == LOCAL;
        // LOCAL: the family is ignored (2.2)
        if (there > 13 && !local && !isFamily(bytes.getUnsignedByte(start + 13))) {
            return bad(String.format("family and transport 0x%02x (expected: one of 00, 11, 12, 21, 22, 31, 32)",
                    bytes.getUnsignedByte(start + 13)));
        }
        if (there < FIXED) {
            return Header.INCOMPLETE;
        }
        int length = bytes.getUnsignedShort(start + 14);
        int family = bytes.getUnsignedByte(start + 13);
        int addresses = local ? 0 : addressBytes(family);
        if (FIXED + length > HeaderParser.LONGEST) {
            return bad("length " + length + " (expected: at most " + (HeaderParser.LONGEST - FIXED) + ")");
        }
        if (length < addresses) {
            return bad("length " + length + " (expected: at least " + addresses + " for this family)");
        }
        if (there < FIXED + length) {
            return Header.INCOMPLETE;
        }
        ByteBuf header = bytes.slice(start, FIXED + length);
        // what LOCAL says after its fixed part is to be skipped unread (2.2)
        String wrong = local ? null : tlvs(header, FIXED + addresses);
        if (wrong != null) {
            return bad(wrong);
        }
        return new Header.Complete(Version.V2, FIXED + length, local ? Optional.empty() : addresses(header, family));
    }

    private static boolean isFamily(int value) {
        return value == 0 || value >> 4 >= 1 && value >> 4 <= 3 && (value & 0x0f) >= 1 && (value & 0x0f) <= 2;
    }

    private static int addressBytes(int family) {
        return switch (family >> 4) {
            case 1 -> 12;
            case 2 -> 36;
            case 3 -> 216;
            default -> 0;
        };
    }

    /** Only TCP over IP has an address for us. */
    private static Optional<Addresses> addresses(ByteBuf header, int family) {
        if (family != 0x11 && family != 0x21) {
            return Optional.empty();
        }
        int bytes = family == 0x11 ? 4 : 16;
        return Optional.of(new Addresses(
                new InetSocketAddress(address(header, FIXED, bytes), header.getUnsignedShort(FIXED + 2 * bytes)),
                new InetSocketAddress(address(header, FIXED + bytes, bytes), header.getUnsignedShort(FIXED + 2 * bytes + 2))));
    }

    private static InetAddress address(ByteBuf header, int at, int bytes) {
        byte[] raw = new byte[bytes];
        header.getBytes(at, raw);
        try {
            return InetAddress.getByAddress(raw);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is wrong with the TLVs (2.2.1 to 2.2.7), or {@code null}. */
    private static String tlvs(ByteBuf header, int from) {
        int checksumAt = -1;
        int at = from;
        while (at < header.capacity()) {
            int next = next(header, at, header.capacity());
            if (next < 0) {
                return partial(at);
            }
            int type = header.getUnsignedByte(at);
            if (type == TLV_CRC32C) {
                if (next - at - 3 != 4 || checksumAt >= 0) {
                    return "CRC32C TLV of " + (next - at - 3) + " bytes at byte " + at + " (expected: one, of 4 bytes)";
                }
                checksumAt = at + 3;
            } else if (type == TLV_SSL) {
                String wrong = ssl(header, at + 3, next);
                if (wrong != null) {
                    return wrong;
                }
            }
            at = next;
        }
        return checksumAt < 0 || checksum(header, checksumAt) == header.getInt(checksumAt) ? null
                : "CRC32C does not match the header";
    }

    private static String ssl(ByteBuf header, int from, int end) {
        if (end - from < SSL_FIXED) {
            return "SSL TLV of " + (end - from) + " bytes (expected: at least " + SSL_FIXED + ")";
        }
        for (int at = from + SSL_FIXED; at < end;) {
            int next = next(header, at, end);
            if (next < 0) {
                return partial(at);
            }
            at = next;
        }
        return null;
    }

    /** Where the TLV ends; -1 if it does not end within the bound. */
    private static int next(ByteBuf header, int at, int end) {
        if (at + 3 > end) {
            return -1;
        }
        int next = at + 3 + header.getUnsignedShort(at + 1);
        return next > end ? -1 : next;
    }

    private static String partial(int at) {
        return "the TLV at byte " + at + " does not fit (expected: whole TLVs up to the header's end)";
    }

    /** Over the whole header, with the checksum's own four bytes as zeros (2.2.3). */
    static int checksum(ByteBuf header, int checksumAt) {
        byte[] all = new byte[header.capacity()];
        header.getBytes(0, all);
        Arrays.fill(all, checksumAt, checksumAt + 4, (byte) 0);
        CRC32C crc = new CRC32C();
        crc.update(all);
        return (int) crc.getValue();
    }

    private static Header bad(String reason) {
        return new Header.Bad(reason, true);
    }
}
