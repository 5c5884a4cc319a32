package io.sluice.plugins.leastconnections;

import io.sluice.spi.balancer.Target;
import java.util.Arrays;
import java.util.List;

/** Targets with their weights, read once: counts of connections are all that a pick needs to look up. */
final class Candidates {

    /** The golden ratio's fractional part times 2^64: multiples of it are spread evenly over the 64-bit numbers. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final Target[] targets;
    /** What one connection takes of each target: the inverse of its weight. */
    private final double[] shares;
    /** The sum of the weights up to and with each target. */
    private final long[] sums;

    private Candidates(Target[] targets, long[] weights) {
        this.targets = targets;
        this.shares = Arrays.stream(weights).mapToDouble(weight -> 1.0 / weight).toArray();
        this.sums = weights.clone();
        Arrays.parallelPrefix(sums, Long::sum);
    }

    static Candidates of(List<Target> list) {
        return new Candidates(list.toArray(Target[]::new),
                list.stream().mapToLong(target -> Math.max(1, target.weight())).toArray());
    }

    int size() {
        return targets.length;
    }

    Target target(int index) {
        return targets[index];
    }

    double share(int index) {
        return shares[index];
    }

    /** Where a turn begins: over the turns, at each target as often as its weight says; turn 0 at the first. */
    int start(long turn) {
        double part = (turn * GOLDEN >>> 11) * 0x1p-53;
        int found = Arrays.binarySearch(sums, (long) (part * sums[sums.length - 1]) + 1);
        return found >= 0 ? found : -found - 1;
    }
}
