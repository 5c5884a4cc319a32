package io.sluice.plugins.proxy;

import io.netty.buffer.ByteBuf;

/**
 * Tells the versions apart (PROXY protocol 2.2: the binary signature cannot begin a text line) and decides at the first
 * byte that fits neither.
 */
final class HeaderParser {

    /** Longest header that is accepted, of either version. */
    static final int LONGEST = 4096;

    private static final byte[] V1_START = {'P', 'R', 'O', 'X', 'Y', ' '};
    static final byte[] V2_SIGNATURE = {0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a};

    private HeaderParser() {
    }

    /** Looks at the readable bytes; moves no index. */
    static Header parse(ByteBuf bytes) {
        if (!bytes.isReadable()) {
            return Header.INCOMPLETE;
        }
        byte first = bytes.getByte(bytes.readerIndex());
        if (first == V1_START[0]) {
            return begins(bytes, V1_START) ? TextHeader.parse(bytes) : unlike(bytes, V1_START);
        }
        if (first == V2_SIGNATURE[0]) {
            return begins(bytes, V2_SIGNATURE) ? BinaryHeader.parse(bytes) : unlike(bytes, V2_SIGNATURE);
        }
        return unlike(bytes, V1_START);
    }

    private static boolean begins(ByteBuf bytes, byte[] start) {
        return bytes.readableBytes() >= start.length && firstDifference(bytes, start) == start.length;
    }

    private static int firstDifference(ByteBuf bytes, byte[] start) {
        int length = Math.min(bytes.readableBytes(), start.length);
        for (int i = 0; i < length; i++) {
            if (bytes.getByte(bytes.readerIndex() + i) != start[i]) {
                return i;
            }
        }
        return length;
    }

    private static Header unlike(ByteBuf bytes, byte[] start) {
        int difference = firstDifference(bytes, start);
        if (difference == bytes.readableBytes()) {
            return Header.INCOMPLETE;
        }
        return new Header.Bad(String.format("byte %d is 0x%02x (expected: a PROXY header, version 1 or 2)", difference,
                bytes.getByte(bytes.readerIndex() + difference) & 0xff), false);
    }
}
