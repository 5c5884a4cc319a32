package io.sluice.plugins.leastconnections;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.config.NoConfig;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.testing.balancing.BalancerContract;
import io.sluice.testing.balancing.FakeTarget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeastConnectionsTest extends BalancerContract {

    private final Balancer balancer =
            new LeastConnectionsFactory().create(new NoConfig(), new ServiceInfo("s", "s", "", "0.0.0.0", 1));

    @Override
    protected Balancer balancer() {
        return balancer;
    }

    @ParameterizedTest
    @CsvSource({
        "'1 1 1', '3 2 4',       b",
        "'1 1 1', '3 2 0',       c",
        "'1 2 1', '2 3 2',       b",
        "'5 1 1', '9 2 2',       a",
        "'5 1 1', '11 2 3',      b",
        "'1 1000000 1000000', '2000000000 2000000000 1999999999', c",
    })
    void theFewestConnectionsForTheWeightWin(String weights, String connections, String expected) {
        List<Target> targets = FakeTarget.weighted(numbers(weights));
        FakeTarget.connections(targets, numbers(connections));
        balancer.targets(targets);

        for (int i = 0; i < 20; i++) {
            assertThat(balancer.pick(FIRST_TRY, client(i)).id()).isEqualTo(expected);
        }
    }

    @Test
    void theSecondBestIsTriedNext() {
        List<Target> targets = FakeTarget.weighted(1, 1, 1);
        FakeTarget.connections(targets, 5, 1, 3);
        balancer.targets(targets);

        assertThat(balancer.pick(target -> target == targets.get(1), client(1))).isSameAs(targets.get(2));
    }

    @Test
    void connectionsThatStayAreSpreadExactlyByWeight() {
        List<Target> targets = FakeTarget.weighted(3, 1, 2);
        balancer.targets(targets);

        for (int i = 0; i < 600; i++) {
            ((FakeTarget) balancer.pick(FIRST_TRY, client(i))).connect();
        }

        assertThat(targets).extracting(Target::connections).containsExactly(300, 100, 200);
    }

    @Test
    void connectionsThatEndAtOnceAreSpreadByWeightToo() {
        List<Target> targets = FakeTarget.weighted(3, 1, 2);
        balancer.targets(targets);
        Map<String, Integer> picked = new HashMap<>();
        assertThat(balancer.preview(client(1)).id()).as("starts at the first").isEqualTo("a");

        for (int i = 0; i < 6000; i++) {
            picked.merge(balancer.pick(FIRST_TRY, client(i)).id(), 1, Integer::sum);
        }

        assertThat(picked.get("a")).isBetween(2995, 3005);
        assertThat(picked.get("b")).isBetween(995, 1005);
        assertThat(picked.get("c")).isBetween(1995, 2005);
    }

    @Test
    void loadsStayEvenWhenManyThreadsPick() throws Exception {
        List<Target> targets = FakeTarget.equal(10);
        balancer.targets(targets);
        Callable<Void> opening = () -> {
            for (int i = 0; i < 10_000; i++) {
                ((FakeTarget) balancer.pick(FIRST_TRY, client(i))).connect();
            }
            return null;
        };
        ExecutorService loops = Executors.newFixedThreadPool(4);
        try {
            for (Future<Void> done : loops.invokeAll(List.of(opening, opening, opening, opening))) {
                done.get();
            }
        } finally {
            loops.shutdownNow();
        }

        // each thread may act on counts that the three others are just about to change
        assertThat(targets).extracting(Target::connections).allMatch(count -> Math.abs(count - 4000) <= 8);
    }

    private static int[] numbers(String text) {
        return List.of(text.split(" ")).stream().mapToInt(Integer::parseInt).toArray();
    }
}
