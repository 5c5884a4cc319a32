package io.sluice.plugins.sourcehash;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.spi.balancer.Target;
import io.sluice.testing.balancing.FakeTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotTableTest {

    @ParameterizedTest
    @ValueSource(strings = {"1", "1 1", "1 2 3", "100 100", "1 1000", "1000000 1000000 500000", "0 1"})
    void slotsFollowWeights(String text) {
        List<Target> targets = FakeTarget.weighted(
                List.of(text.split(" ")).stream().mapToInt(Integer::parseInt).toArray());

        Map<Target, Integer> counts = counts(SlotTable.of(targets));

        double sum = targets.stream().mapToInt(target -> Math.max(1, target.weight())).sum();
        for (Target target : targets) {
            double share = Math.max(1, target.weight()) / sum;
            double deviation = Math.sqrt(SlotTable.SLOTS * share * (1 - share));
            assertThat((double) counts.getOrDefault(target, 0)).isBetween(SlotTable.SLOTS * share - 5 * deviation,
                    SlotTable.SLOTS * share + 5 * deviation);
        }
    }

    @Test
    void aHundredEqualTargetsGetEqualShares() {
        assertThat(counts(SlotTable.of(FakeTarget.equal(100))).values()).hasSize(100)
                .allMatch(count -> Math.abs(count - 655) < 128);
    }

    @Test
    void whenATargetLeavesOnlyItsOwnSlotsMove() {
        List<Target> all = FakeTarget.weighted(5, 1, 3, 2, 8);
        for (Target leaving : all) {
            List<Target> rest = new ArrayList<>(all);
            rest.remove(leaving);
            SlotTable before = SlotTable.of(all);
            SlotTable after = SlotTable.of(rest);

            for (long slot = 0; slot < SlotTable.SLOTS; slot++) {
                Target owner = before.owner(slot << 48);
                if (owner != leaving) {
                    assertThat(after.owner(slot << 48)).isSameAs(owner);
                } else {
                    assertThat(rest).contains(after.owner(slot << 48));
                }
            }
        }
    }

    @Test
    void aWeightThatGrowsOnlyAttractsSlots() {
        FakeTarget light = new FakeTarget("x", 2);
        FakeTarget heavy = new FakeTarget("x", 3);
        List<Target> others = FakeTarget.weighted(4, 4);
        SlotTable before = SlotTable.of(List.of(others.get(0), light, others.get(1)));
        SlotTable after = SlotTable.of(List.of(others.get(0), heavy, others.get(1)));

        for (long slot = 0; slot < SlotTable.SLOTS; slot++) {
            Target owner = after.owner(slot << 48);
            assertThat(owner == heavy || owner == before.owner(slot << 48)).isTrue();
        }
    }

    @Test
    void tenThousandTargetsAllGetSlots() {
        // 6.5 slots each on average: some have one, hardly any has none
        assertThat(counts(SlotTable.of(FakeTarget.equal(10_000)))).hasSizeGreaterThan(9_960);
    }

    private static Map<Target, Integer> counts(SlotTable table) {
        Map<Target, Integer> counts = new HashMap<>();
        for (long slot = 0; slot < SlotTable.SLOTS; slot++) {
            counts.merge(table.owner(slot << 48), 1, Integer::sum);
        }
        return counts;
    }
}
