package io.sluice.plugins.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.Target;
import io.sluice.testing.balancing.BalancerContract;
import io.sluice.testing.balancing.FakeTarget;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwoChoicesTest extends BalancerContract {

    private final TwoChoices balancer = new TwoChoices(42);

    @Override
    protected Balancer balancer() {
        return balancer;
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1 1", "5 1 1", "1 2 3 4", "1000000 1", "0 1", "7 7 7 7 7 7 7 7 7 7 7"})
    void idleTargetsAreDrawnByWeight(String text) {
        int[] weights = Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
        List<Target> targets = FakeTarget.weighted(weights);
        balancer.targets(targets);
        int rounds = 200_000;
        int[] picked = new int[weights.length];

        for (int i = 0; i < rounds; i++) {
            picked[targets.indexOf(balancer.pick(FIRST_TRY, client(i)))]++;
        }

        double sum = Arrays.stream(weights).map(weight -> Math.max(1, weight)).sum();
        for (int i = 0; i < weights.length; i++) {
            double share = Math.max(1, weights[i]) / sum;
            double deviation = Math.sqrt(rounds * share * (1 - share));
            assertThat((double) picked[i]).as("target %d of %s", i, text)
                    .isBetween(rounds * share - 5 * deviation - 1, rounds * share + 5 * deviation + 1);
        }
    }

    @Test
    void ofTwoTheOneWithFewerConnectionsForItsWeightIsTaken() {
        List<Target> targets = FakeTarget.weighted(3, 1);
        FakeTarget.connections(targets, 7, 2);
        balancer.targets(targets);
        long first = java.util.stream.IntStream.range(0, 1000)
                .filter(i -> balancer.pick(FIRST_TRY, client(i)) == targets.get(1)).count();

        // the lighter one (2 of 1 is less than 7 of 3) is missed only if it never came up in four draws
        assertThat(first).isBetween(600L, 760L);
    }

    @Test
    void connectionsThatStayAreSpreadFarMoreEvenlyThanByChanceAlone() {
        List<Target> targets = FakeTarget.equal(100);
        balancer.targets(targets);

        for (int i = 0; i < 100_000; i++) {
            ((FakeTarget) balancer.pick(FIRST_TRY, client(i))).connect();
        }

        // chance alone would leave the fullest about 80 above the average
        assertThat(targets).extracting(Target::connections).allMatch(count -> Math.abs(count - 1000) < 10);
    }

    @Test
    void weightsHoldForConnectionsThatStay() {
        List<Target> targets = FakeTarget.weighted(6, 3, 1);
        balancer.targets(targets);

        for (int i = 0; i < 100_000; i++) {
            ((FakeTarget) balancer.pick(FIRST_TRY, client(i))).connect();
        }

        assertThat(targets.get(0).connections()).isBetween(59_900, 60_100);
        assertThat(targets.get(1).connections()).isBetween(29_900, 30_100);
        assertThat(targets.get(2).connections()).isBetween(9_900, 10_100);
    }

    @Test
    void theOnlyTargetLeftOfManyIsFound() {
        List<Target> targets = FakeTarget.equal(1000);
        balancer.targets(targets);

        for (Target left : targets) {
            assertThat(balancer.pick(target -> target != left, client(1))).isSameAs(left);
        }
    }
}
