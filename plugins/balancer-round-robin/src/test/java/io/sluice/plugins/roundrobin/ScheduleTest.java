package io.sluice.plugins.roundrobin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.spi.balancer.Target;
import io.sluice.testing.balancing.FakeTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    @ParameterizedTest
    @CsvSource({
        "'1',           a",
        "'1 1 1',       abc",
        "'5 1 1',       aabacaa",
        "'3 1',         aaba",
        "'1 3',         abbb",
        "'1 2',         abb",
        "'4 2',         aba",
        "'700 700',     ab",
        "'1 1 2',       abcc",
    })
    void cyclesStartAtTheFirstListedAndAreSmooth(String weights, String expected) {
        int[] parsed = Arrays.stream(weights.split(" ")).mapToInt(Integer::parseInt).toArray();

        assertThat(text(Schedule.of(FakeTarget.weighted(parsed)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void everyTargetGetsExactlyItsShareOfACycleAndNeverLagsByAWholeTurn(long seed) {
        Random random = new Random(seed);
        int[] weights = random.ints(2 + random.nextInt(7), 1, 60).toArray();
        List<Target> targets = FakeTarget.weighted(weights);
        Schedule schedule = Schedule.of(targets);
        int sum = Arrays.stream(weights).sum();

        for (int i = 0; i < weights.length; i++) {
            int got = 0;
            for (int slot = 0; slot < schedule.length(); slot++) {
                got += schedule.at(slot) == targets.get(i) ? 1 : 0;
                double due = (double) weights[i] * (slot + 1) / sum;
                assertThat(Math.abs(got - due)).as("seed %d, target %d, slot %d", seed, i, slot)
                        .isLessThan(weights.length);
            }
            assertThat((long) got * sum).as("seed %d", seed).isEqualTo((long) weights[i] * schedule.length());
        }
    }

    @Test
    void hugeWeightsAreScaledToABoundedTableThatForgetsNobody() {
        List<Target> targets = FakeTarget.weighted(2_000_000_000, 1_000_000_001, 1);
        Schedule schedule = Schedule.of(targets);

        assertThat(schedule.length()).isLessThanOrEqualTo(Schedule.LONGEST + targets.size());
        assertThat(count(schedule, targets.get(0))).isBetween(2730L, 2732L);
        assertThat(count(schedule, targets.get(1))).isBetween(1364L, 1366L);
        assertThat(count(schedule, targets.get(2))).isEqualTo(1);
    }

    @Test
    void moreEqualTargetsThanTheTableIsLongAllGetATurn() {
        int[] weights = new int[10_000];
        Arrays.fill(weights, 7);
        List<Target> targets = FakeTarget.weighted(weights);

        assertThat(slots(Schedule.of(targets))).containsExactlyElementsOf(targets);
    }

    @Test
    void aTargetOfWeightZeroDoesNotBreakTheTable() {
        assertThat(text(Schedule.of(FakeTarget.weighted(0, 2)))).isEqualTo("abb");
    }

    private static long count(Schedule schedule, Target target) {
        return slots(schedule).stream().filter(t -> t == target).count();
    }

    private static List<Target> slots(Schedule schedule) {
        return IntStream.range(0, schedule.length()).mapToObj(schedule::at)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static String text(Schedule schedule) {
        return slots(schedule).stream().map(Target::id).collect(Collectors.joining());
    }
}
