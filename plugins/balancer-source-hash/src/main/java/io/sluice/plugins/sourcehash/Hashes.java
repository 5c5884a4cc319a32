package io.sluice.plugins.sourcehash;

/** Hashes that are the same in every gateway and after every restart. */
final class Hashes {

    /** Added again and again before {@link #mixed}, it makes a row of random numbers. */
    static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Hashes() {
    }

    /** Spreads 64 bits: the finalizer of SplittableRandom (Stafford's variant 13). */
    static long mixed(long z) {
        long a = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ a >>> 27) * 0x94D049BB133111EBL;
        return b ^ b >>> 31;
    }

    /** FNV-1a over UTF-16 units, spread. */
    static long of(CharSequence text) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return mixed(hash);
    }
}
