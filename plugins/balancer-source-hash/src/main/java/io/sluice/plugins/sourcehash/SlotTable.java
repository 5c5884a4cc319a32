package io.sluice.plugins.sourcehash;

import io.sluice.spi.balancer.Target;
import java.util.Arrays;
import java.util.List;

/**
 * 65,536 slots, each of which belongs to one target; a key belongs to the slot that its hash begins with.
 *
 * <p>Think of every target as throwing balls into random slots, at moments of a Poisson process whose rate is its weight.
 * A slot belongs to whoever hits it first. Where and when a target throws follows from its id and its weight alone, hence:
 * <ul>
 * <li>each target gets slots in proportion to its weight, give or take a square root;
 * <li>when a target leaves, only its own slots move; when one comes, slots only move to it; the same holds for weights
 * that fall and rise;
 * <li>the table does not depend on the order of the list, and is the same in every gateway and after every restart.
 * </ul>
 * It takes about {@code SLOTS * ln(SLOTS)} throws to hit every slot, however many targets there are.
 */
final class SlotTable {

    static final int SLOTS = 1 << 16;

    /** Moments are counted in throws of a unit of weight; till the first round's end one slot in 20 tables is not hit. */
    private static final double FIRST_ROUND = SLOTS * (Math.log(SLOTS) + 3);

    private final Target[] targets;
    private final long weight;
    private final Target[] owners = new Target[SLOTS];

    private SlotTable(Target[] targets) {
        this.targets = targets;
        this.weight = Arrays.stream(targets).mapToLong(SlotTable::weight).sum();
        if (targets.length == 1) {
            Arrays.fill(owners, targets[0]);
        } else if (targets.length > 1) {
            fill();
        }
    }

    static SlotTable of(List<Target> candidates) {
        return new SlotTable(candidates.toArray(Target[]::new));
    }

    private void fill() {
        double[] first = new double[SLOTS];
        Arrays.fill(first, Double.MAX_VALUE);
        for (double until = FIRST_ROUND / weight; Arrays.asList(owners).contains(null); until *= 2) {
            for (Target target : targets) {
                throwAll(target, until, first);
            }
        }
    }

    private void throwAll(Target target, double until, double[] first) {
        long hash = Hashes.of(target.id());
        double rate = weight(target);
        double moment = 0;
        for (long number = 1; ; number++) {
            long bits = Hashes.mixed(hash + number * Hashes.GOLDEN_GAMMA);
            // 16 bits say where, 48 others when: exponentially distributed pauses
            moment -= Math.log(((bits >>> 16) + 1) * 0x1p-48) / rate;
            if (moment > until) {
                return;
            }
            int slot = (int) (bits & SLOTS - 1);
            if (moment < first[slot]) {
                first[slot] = moment;
                owners[slot] = target;
            }
        }
    }

    private static long weight(Target target) {
        return Math.max(1, target.weight());
    }

    boolean isEmpty() {
        return targets.length == 0;
    }

    /** Whose key a hash is. */
    Target owner(long hash) {
        return owners[(int) (hash >>> 48)];
    }

    int size() {
        return targets.length;
    }

    Target at(int index) {
        return targets[index];
    }

    /** The connections for a unit of weight from which on a target is full, the one to be opened counted in. */
    double bound(int percent) {
        long connections = 1;
        for (Target target : targets) {
            connections += target.connections();
        }
        return connections * (percent / 100.0) / weight;
    }
}
