package io.sluice.plugins.tls.material;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/** As much of DER (X.690) as key files need: to walk over elements, and to wrap some. */
final class Der {

    static final int INTEGER = 0x02;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT_ID = 0x06;
    static final int SEQUENCE = 0x30;

    private final byte[] bytes;
    private final int end;
    private int at;

    Der(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private Der(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** The next element's contents if it has this tag; else empty, and nothing is consumed. Empty too if it is broken. */
    Optional<Der> next(int tag) {
        if (at >= end || (bytes[at] & 0xff) != tag || at + 1 >= end) {
            return Optional.empty();
        }
        int length = bytes[at + 1] & 0xff;
        int content = at + 2;
        if (length >= 0x80) {
            int count = length & 0x7f;
            if (count < 1 || count > 3 || content + count > end) {
                return Optional.empty();
            }
            length = 0;
            for (int i = 0; i < count; i++) {
                length = length << 8 | bytes[content + i] & 0xff;
            }
            content += count;
        }
        if (length > end - content) {
            return Optional.empty();
        }
        at = content + length;
        return Optional.of(new Der(bytes, content, at));
    }

    byte[] rest() {
        return Arrays.copyOfRange(bytes, at, end);
    }

    static byte[] wrap(int tag, byte[]... contents) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] content : contents) {
            body.writeBytes(content);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = body.size();
        if (length >= 0x80) {
            int count = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
            out.write(0x80 | count);
            for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
                out.write(length >> shift);
            }
        } else {
            out.write(length);
        }
        out.writeBytes(body.toByteArray());
        return out.toByteArray();
    }
}
