package io.sluice.plugins.random;

import io.sluice.spi.balancer.Target;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Draws targets with probabilities in proportion to their weights, in constant time: Walker's alias method as Vose builds
 * it. Each of n columns belongs to one target up to a threshold and to another one above it.
 */
final class Draws {

    private static final double ONE = 0x1p32;

    private final Target[] targets;
    private final int[] weights;
    /** Of 2^32: below it a column is its own target, from there on its alias. */
    private final long[] threshold;
    private final int[] alias;

    private Draws(Target[] targets, int[] weights) {
        this.targets = targets;
        this.weights = weights;
        this.threshold = new long[targets.length];
        this.alias = new int[targets.length];
        fill();
    }

    static Draws of(List<Target> candidates) {
        return new Draws(candidates.toArray(Target[]::new),
                candidates.stream().mapToInt(target -> Math.max(1, target.weight())).toArray());
    }

    private void fill() {
        int n = targets.length;
        long sum = Arrays.stream(weights).asLongStream().sum();
        double[] share = new double[n];
        Deque<Integer> small = new ArrayDeque<>();
        Deque<Integer> large = new ArrayDeque<>();
        for (int i = 0; i < n; i++) {
            share[i] = (double) weights[i] * n / sum;
            (share[i] < 1 ? small : large).add(i);
        }
        while (!small.isEmpty() && !large.isEmpty()) {
            int low = small.remove();
            int high = large.remove();
            threshold[low] = (long) (share[low] * ONE);
            alias[low] = high;
            share[high] -= 1 - share[low];
            (share[high] < 1 ? small : large).add(high);
        }
        // what is left is 1 but for rounding
        small.forEach(i -> threshold[i] = (long) ONE);
        large.forEach(i -> threshold[i] = (long) ONE);
    }

    int size() {
        return targets.length;
    }

    Target at(int index) {
        return targets[index];
    }

    int weight(int index) {
        return weights[index];
    }

    /** The index of the target that 64 random bits mean. */
    int draw(long bits) {
        int column = (int) ((bits >>> 32) * targets.length >>> 32);
        return (bits & 0xFFFF_FFFFL) < threshold[column] ? column : alias[column];
    }
}
