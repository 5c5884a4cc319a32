package io.sluice.plugins.leastconnections;

import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.connection.ClientFacts;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Looks at every target and takes the one with the fewest connections for its weight.
 *
 * <p>It begins to look at a target that changes from pick to pick, by weight, and of equals that one is taken: so short
 * connections, of which hardly any two are open at a time, are spread by weight too, and event loops that pick at the
 * same moment do not all fall upon the first of the list.
 */
final class LeastConnections implements Balancer {

    private volatile Candidates candidates = Candidates.of(List.of());

    /** Grows for ever; a {@code long} does not wrap in the life of a gateway. */
    private final AtomicLong turn = new AtomicLong();

    @Override
    public void targets(List<Target> list) {
        candidates = Candidates.of(list);
    }

    @Override
    public Target pick(Predicate<Target> attempted, ClientFacts client) {
        return least(candidates, turn.getAndIncrement(), attempted);
    }

    @Override
    public Target preview(ClientFacts client) {
        return least(candidates, turn.get(), null);
    }

    private static Target least(Candidates among, long turn, Predicate<Target> attempted) {
        int length = among.size();
        int start = length == 0 ? 0 : among.start(turn);
        Target best = null;
        double bestLoad = Double.MAX_VALUE;
        for (int step = 0, at = start; step < length; step++) {
            Target target = among.target(at);
            double load = target.connections() * among.share(at);
            if (load < bestLoad && (attempted == null || !attempted.test(target))) {
                best = target;
                bestLoad = load;
            }
            at = at + 1 == length ? 0 : at + 1;
        }
        return best;
    }
}
