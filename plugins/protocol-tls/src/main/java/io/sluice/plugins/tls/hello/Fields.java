package io.sluice.plugins.tls.hello;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/** Walks over the fields of a TLS structure (RFC 8446 3). Whatever does not fit is a decode_error. */
final class Fields {

    private final byte[] bytes;
    private final int end;
    private int at;

    Fields(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    boolean hasMore() {
        return at < end;
    }

    int uint8(String what) throws BadHello {
        return bytes[take(1, what)] & 0xff;
    }

    int uint16(String what) throws BadHello {
        int from = take(2, what);
        return (bytes[from] & 0xff) << 8 | bytes[from + 1] & 0xff;
    }

    void skip(int count, String what) throws BadHello {
        take(count, what);
    }

    /** A vector with a length of one byte. */
    Fields vector8(String what) throws BadHello {
        return vector(uint8(what), what);
    }

    /** A vector with a length of two bytes. */
    Fields vector16(String what) throws BadHello {
        return vector(uint16(what), what);
    }

    /** A vector with a length of two bytes, at least one of contents. */
    byte[] bytes16(String what) throws BadHello {
        return nonEmpty(vector16(what), what);
    }

    /** A vector with a length of one byte, at least one of contents. */
    byte[] bytes8(String what) throws BadHello {
        return nonEmpty(vector8(what), what);
    }

    private static byte[] nonEmpty(Fields vector, String what) throws BadHello {
        if (!vector.hasMore()) {
            throw BadHello.with(Alert.DECODE_ERROR, "its " + what + " holds an empty entry");
        }
        return Arrays.copyOfRange(vector.bytes, vector.at, vector.end);
    }

    /** All that is left, as numbers of two bytes. */
    Set<Integer> numbers(String what) throws BadHello {
        Set<Integer> numbers = new LinkedHashSet<>();
        while (hasMore()) {
            numbers.add(uint16(what));
        }
        return numbers;
    }

    /** There is nothing left. */
    void end(String what) throws BadHello {
        if (hasMore()) {
            throw BadHello.with(Alert.DECODE_ERROR, "its " + what + " is longer than what it holds");
        }
    }

    private Fields vector(int length, String what) throws BadHello {
        int from = take(length, what);
        return new Fields(bytes, from, from + length);
    }

    private int take(int count, String what) throws BadHello {
        if (count > end - at) {
            throw BadHello.with(Alert.DECODE_ERROR, "its " + what + " is cut off");
        }
        int from = at;
        at += count;
        return from;
    }
}
