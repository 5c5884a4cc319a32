package io.sluice.plugins.sendexpect;

import java.nio.ByteBuffer;

/**
 * Looks for bytes anywhere (Knuth, Morris, Pratt): each byte is read once, however small the pieces are in which they
 * arrive, and the longest beginning that came is known when the search fails.
 */
final class ContainsSearch implements Search {

    private final byte[] expected;
    private final int[] fallback;
    private int read;
    private int matched;
    private int longest = -1;
    private int longestDiffered = -1;

    ContainsSearch(byte[] expected, int[] fallback) {
        this.expected = expected;
        this.fallback = fallback;
    }

    /** For each length of a match minus 1: how much is still matched when the next byte does not fit. */
    static int[] fallback(byte[] expected) {
        int[] fallback = new int[expected.length];
        int matched = 0;
        for (int i = 1; i < expected.length; i++) {
            while (matched > 0 && expected[i] != expected[matched]) {
                matched = fallback[matched - 1];
            }
            if (expected[i] == expected[matched]) {
                matched++;
            }
            fallback[i] = matched;
        }
        return fallback;
    }

    @Override
    public int end(ByteBuffer unread) {
        int size = unread.remaining();
        while (read < size && matched < expected.length) {
            take(unread.get(unread.position() + read));
            read++;
        }
        return matched == expected.length ? read : NOT_YET;
    }

    private void take(byte next) {
        while (expected[matched] != next) {
            if (matched > longest) {
                longest = matched;
                longestDiffered = read;
            }
            if (matched == 0) {
                return;
            }
            matched = fallback[matched - 1];
        }
        matched++;
    }

    /** The byte after the longest beginning that came; -1 if nothing came after it. */
    @Override
    public int differed() {
        return matched > longest ? -1 : longestDiffered;
    }
}
