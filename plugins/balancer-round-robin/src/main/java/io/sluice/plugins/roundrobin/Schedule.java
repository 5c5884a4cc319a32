package io.sluice.plugins.roundrobin;

import io.sluice.spi.balancer.Target;
import java.util.Arrays;
import java.util.List;

/**
 * One full cycle of smooth weighted round robin, as a table.
 *
 * <p>The order is that of nginx's upstream module: at each step every target gains its weight, the one with most is
 * chosen (of equals the first listed) and pays the sum of all weights. Weights 5, 1, 1 give {@code a a b a c a a}. The
 * cycle is turned so that it starts at the first listed.
 *
 * <p>Weights are divided by their greatest common divisor. If they still add up to more than {@link #LONGEST} slots, they
 * are scaled down to it and rounded, each to at least one slot: shares are then right to within one slot in 4,096.
 */
final class Schedule {

    static final int LONGEST = 4096;

    private final Target[] slots;

    private Schedule(Target[] slots) {
        this.slots = slots;
    }

    static Schedule of(List<Target> candidates) {
        Target[] targets = candidates.toArray(Target[]::new);
        return new Schedule(targets.length == 0 ? targets : startingAt(targets[0], smooth(targets, shares(targets))));
    }

    boolean isEmpty() {
        return slots.length == 0;
    }

    int length() {
        return slots.length;
    }

    Target at(int slot) {
        return slots[slot];
    }

    /** The slot of a target that is nearest to another slot, around the cycle; -1 if it has none. */
    int nearest(Target target, int wanted) {
        int best = -1;
        int bestDistance = Integer.MAX_VALUE;
        for (int slot = 0; slot < slots.length; slot++) {
            int apart = Math.abs(slot - wanted);
            int distance = Math.min(apart, slots.length - apart);
            if (slots[slot] == target && distance < bestDistance) {
                best = slot;
                bestDistance = distance;
            }
        }
        return best;
    }

    private static int[] shares(Target[] targets) {
        long[] weights = new long[targets.length];
        long divisor = 0;
        for (int i = 0; i < targets.length; i++) {
            // An operator may park a target while it is still on its way here as a candidate.
            weights[i] = Math.max(1, targets[i].weight());
            divisor = greatestCommonDivisor(weights[i], divisor);
        }
        long sum = Arrays.stream(weights).sum() / divisor;
        boolean fits = sum <= Math.max(LONGEST, targets.length);
        int[] shares = new int[targets.length];
        for (int i = 0; i < targets.length; i++) {
            long weight = weights[i] / divisor;
            shares[i] = fits ? (int) weight : (int) Math.max(1, Math.round((double) weight * LONGEST / sum));
        }
        return shares;
    }

    private static long greatestCommonDivisor(long a, long b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    private static Target[] smooth(Target[] targets, int[] shares) {
        int length = Arrays.stream(shares).sum();
        if (length == targets.length) {
            return targets;
        }
        Target[] cycle = new Target[length];
        int[] gained = new int[targets.length];
        for (int slot = 0; slot < length; slot++) {
            int most = 0;
            for (int i = 0; i < gained.length; i++) {
                gained[i] += shares[i];
                if (gained[i] > gained[most]) {
                    most = i;
                }
            }
            gained[most] -= length;
            cycle[slot] = targets[most];
        }
        return cycle;
    }

    private static Target[] startingAt(Target first, Target[] cycle) {
        int start = 0;
        while (cycle[start] != first) {
            start++;
        }
        Target[] turned = new Target[cycle.length];
        System.arraycopy(cycle, start, turned, 0, cycle.length - start);
        System.arraycopy(cycle, 0, turned, cycle.length - start, start);
        return turned;
    }
}
