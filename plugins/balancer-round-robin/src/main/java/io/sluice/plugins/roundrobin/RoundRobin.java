package io.sluice.plugins.roundrobin;

import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.connection.ClientFacts;
import java.util.List;
import java.util.function.Predicate;

/**
 * Weighted round robin over a schedule that is built whenever the candidates change; a pick only moves an index.
 */
final class RoundRobin implements Balancer {

    private volatile Turn turn = new Turn(Schedule.of(List.of()), 0);

    /** The last turn that had targets: when all go down and come back, the turn goes on where it was. */
    private Turn last = turn;

    @Override
    public void targets(List<Target> candidates) {
        Schedule schedule = Schedule.of(candidates);
        turn = new Turn(schedule, schedule.isEmpty() ? 0 : last.continuedIn(schedule));
        if (!schedule.isEmpty()) {
            last = turn;
        }
    }

    @Override
    public Target pick(Predicate<Target> attempted, ClientFacts client) {
        return turn.take(attempted);
    }

    @Override
    public Target preview(ClientFacts client) {
        return turn.next();
    }
}
