package io.sluice.plugins.random;

import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.connection.ClientFacts;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * The power of two choices (Mitzenmacher): two targets are drawn, and the one with fewer connections for its weight takes
 * the client. Loads stay nearly as even as if all had been compared, at the cost of two.
 *
 * <p>The random numbers are those of {@link java.util.SplittableRandom}: a counter that is mixed. So a preview can tell
 * the next pick without making it.
 */
final class TwoChoices implements Balancer {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    /** Draws until two different targets have come up; then one of two equals is as good. */
    private static final int DRAWS = 4;

    private final AtomicLong sequence;
    private volatile Draws draws = Draws.of(List.of());

    TwoChoices(long seed) {
        this.sequence = new AtomicLong(seed);
    }

    @Override
    public void targets(List<Target> candidates) {
        draws = Draws.of(candidates);
    }

    @Override
    public Target pick(Predicate<Target> attempted, ClientFacts client) {
        return choose(draws, sequence.getAndAdd(GOLDEN_GAMMA), attempted);
    }

    @Override
    public Target preview(ClientFacts client) {
        return choose(draws, sequence.get(), null);
    }

    private static Target choose(Draws draws, long ticket, Predicate<Target> attempted) {
        if (draws.size() == 0) {
            return null;
        }
        int first = -1;
        for (int draw = 0; draw < DRAWS; draw++) {
            int drawn = draws.draw(mixed(ticket + draw));
            if (drawn == first || attempted != null && attempted.test(draws.at(drawn))) {
                continue;
            }
            if (first >= 0) {
                return lessLoaded(draws, first, drawn);
            }
            first = drawn;
        }
        return first >= 0 ? draws.at(first) : anyLeft(draws, mixed(ticket), attempted);
    }

    /** Of equals the one that was drawn first: with few connections, too, weights are kept. */
    private static Target lessLoaded(Draws draws, int first, int second) {
        long load = (long) draws.at(first).connections() * draws.weight(second);
        long secondLoad = (long) draws.at(second).connections() * draws.weight(first);
        return draws.at(load <= secondLoad ? first : second);
    }

    /** Nearly all were attempted: takes the next that was not, from some place on. */
    private static Target anyLeft(Draws draws, long bits, Predicate<Target> attempted) {
        int start = draws.draw(bits);
        for (int step = 0; step < draws.size(); step++) {
            Target target = draws.at((start + step) % draws.size());
            if (!attempted.test(target)) {
                return target;
            }
        }
        return null;
    }

    /** The finalizer of SplittableRandom: Stafford's variant 13. */
    private static long mixed(long z) {
        long a = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ a >>> 27) * 0x94D049BB133111EBL;
        return b ^ b >>> 31;
    }
}
