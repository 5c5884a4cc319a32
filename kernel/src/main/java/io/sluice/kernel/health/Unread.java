package io.sluice.kernel.health;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes of a conversation that no step has consumed. What a step is shown is never moved or changed while it looks:
 * bytes that arrive in the meantime stand behind it, or in another array. Event loop only.
 */
final class Unread {

    /** So many bytes a step is shown at most. */
    static final int MOST = 64 * 1024;

    private static final int FIRST = 512;

    private byte[] bytes = {};
    private int from;
    private int to;

    /** Takes bytes and releases them. */
    void add(ByteBuf arrived) {
        int length = arrived.readableBytes();
        if (to + length > bytes.length) {
            byte[] larger = new byte[Math.max(FIRST, Integer.highestOneBit(to - from + length) * 2)];
            System.arraycopy(bytes, from, larger, 0, to - from);
            to -= from;
            from = 0;
            bytes = larger;
        }
        arrived.readBytes(bytes, to, length);
        to += length;
        arrived.release();
    }

    /** How many a step is shown. */
    int shown() {
        return Math.min(to - from, MOST);
    }

    /** Whether no more than these can be shown. */
    boolean isFull() {
        return to - from >= MOST;
    }

    /** What a step is shown: read-only. */
    ByteBuffer show() {
        return ByteBuffer.wrap(bytes, from, shown()).slice().asReadOnlyBuffer();
    }

    /** The first bytes, a copy. */
    byte[] first(int most) {
        return Arrays.copyOfRange(bytes, from, from + Math.min(most, to - from));
    }

    void consume(int count) {
        from += count;
    }
}
