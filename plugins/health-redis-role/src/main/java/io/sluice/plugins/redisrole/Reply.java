package io.sluice.plugins.redisrole;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One reply of Redis, as far as this conversation knows them: a line, an error, or a bulk string (RESP 2).
 *
 * @param kind what it is
 * @param size how many bytes it takes, its ends of line included; 0 when it has not come or makes no sense
 * @param text the line without its first byte, or the string; for {@link Kind#WRONG} what makes no sense
 */
record Reply(Kind kind, int size, String text) {

    /** What came. */
    enum Kind {
        /** {@code +PONG}. */
        LINE,
        /** {@code -ERR ...}. */
        ERROR,
        /** {@code $5 hello}. */
        BULK,
        /** Not all of it has come. */
        PART,
        /** This is no Redis. */
        WRONG
    }

    /** Errors quote what they are about, and are short. */
    private static final int LONGEST_LINE = 1024;

    /** As many bytes as can be unread. */
    private static final int LARGEST_BULK = 64 * 1024;

    private static final Reply NOT_YET = new Reply(Kind.PART, 0, "");

    /** Reads the reply that begins so many bytes after the buffer's position, which is not moved. */
    static Reply read(ByteBuffer unread, int from) {
        int left = unread.remaining() - from;
        if (left == 0) {
            return NOT_YET;
        }
        byte[] bytes = new byte[Math.min(left, LONGEST_LINE)];
        unread.duplicate().position(unread.position() + from).get(bytes);
        String seen = new String(bytes, StandardCharsets.ISO_8859_1);
        if ("+-$".indexOf(seen.charAt(0)) < 0) {
            return new Reply(Kind.WRONG, 0, seen.substring(0, 1));
        }
        int end = seen.indexOf('\n');
        if (end < 0) {
            return left < LONGEST_LINE ? NOT_YET : new Reply(Kind.WRONG, 0, seen);
        }
        if (seen.charAt(end - 1) != '\r') {
            return new Reply(Kind.WRONG, 0, seen.substring(0, end + 1));
        }
        String line = seen.substring(1, end - 1);
        return switch (seen.charAt(0)) {
            case '+' -> new Reply(Kind.LINE, end + 1, line);
            case '-' -> new Reply(Kind.ERROR, end + 1, line);
            default -> bulk(unread, from, end + 1, line);
        };
    }

    private static Reply bulk(ByteBuffer unread, int from, int head, String line) {
        int length = line.matches("[0-9]{1,5}") ? Integer.parseInt(line) : LARGEST_BULK;
        if (length >= LARGEST_BULK) {
            return new Reply(Kind.WRONG, 0, "$" + line);
        }
        int size = head + length + 2;
        if (unread.remaining() - from < size) {
            return NOT_YET;
        }
        byte[] bytes = new byte[length + 2];
        unread.duplicate().position(unread.position() + from + head).get(bytes);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.endsWith("\r\n") ? new Reply(Kind.BULK, size, text.substring(0, length))
                : new Reply(Kind.WRONG, 0, text.substring(length));
    }
}
