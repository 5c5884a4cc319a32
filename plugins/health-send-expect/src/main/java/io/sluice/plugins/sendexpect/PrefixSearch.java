package io.sluice.plugins.sendexpect;

import java.nio.ByteBuffer;

/** Looks whether the bytes start with what is expected. */
final class PrefixSearch implements Search {

    private final byte[] expected;
    private int differed = -1;

    PrefixSearch(byte[] expected) {
        this.expected = expected;
    }

    @Override
    public int end(ByteBuffer unread) {
        int mismatch = unread.mismatch(ByteBuffer.wrap(expected));
        if (mismatch < 0 || mismatch == expected.length) {
            return expected.length;
        }
        if (mismatch == unread.remaining()) {
            return NOT_YET;
        }
        differed = mismatch;
        return NEVER;
    }

    @Override
    public int differed() {
        return differed;
    }
}
