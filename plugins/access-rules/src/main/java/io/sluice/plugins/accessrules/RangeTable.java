package io.sluice.plugins.accessrules;

import java.util.Comparator;
import java.util.List;

/** Ranges of one family's addresses: sorted, disjoint, found by binary search. Numbers are unsigned, 128 bits. */
final class RangeTable {

    private final int size;
    private final long[] firstHigh;
    private final long[] firstLow;
    private final long[] lastHigh;
    private final long[] lastLow;

    private RangeTable(int capacity, List<Network> sorted) {
        firstHigh = new long[capacity];
        firstLow = new long[capacity];
        lastHigh = new long[capacity];
        lastLow = new long[capacity];
        int used = 0;
        for (Network network : sorted) {
            Address first = network.first();
            // CIDR networks nest or are apart: one that begins inside the range before ends there too.
            if (used == 0 || compare(lastHigh[used - 1], lastLow[used - 1], first.high(), first.low()) < 0) {
                firstHigh[used] = first.high();
                firstLow[used] = first.low();
                lastHigh[used] = network.last().high();
                lastLow[used] = network.last().low();
                used++;
            }
        }
        size = used;
    }

    static RangeTable of(List<Network> networks, int family) {
        List<Network> sorted = networks.stream()
                .filter(network -> network.address().family() == family)
                .sorted(Comparator.comparing(Network::first,
                        (a, b) -> compare(a.high(), a.low(), b.high(), b.low())).thenComparing(Network::prefix))
                .toList();
        return new RangeTable(sorted.size(), sorted);
    }

    boolean contains(long high, long low) {
        int from = 0;
        int to = size - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            if (compare(high, low, firstHigh[middle], firstLow[middle]) < 0) {
                to = middle - 1;
            } else if (compare(high, low, lastHigh[middle], lastLow[middle]) > 0) {
                from = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    private static int compare(long highA, long lowA, long highB, long lowB) {
        int high = Long.compareUnsigned(highA, highB);
        return high != 0 ? high : Long.compareUnsigned(lowA, lowB);
    }
}
