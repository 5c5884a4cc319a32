package io.sluice.kernel.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.spi.connection.TargetAddress;
import io.sluice.spi.discovery.FoundTarget;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {

    @Test
    void goodTargetsAreTakenInTheirOrder() {
        Answers answers = Answers.of(List.of(new FoundTarget("tls://B.example:1", 3, 2), FoundTarget.at("[::1]:2"),
                FoundTarget.at("10.0.0.1:3")));

        assertThat(answers.usable()).containsExactly(
                new DiscoveredTarget("tls", new TargetAddress("b.example", 1), 3, 2),
                new DiscoveredTarget("", new TargetAddress("::1", 2), 1, 0),
                new DiscoveredTarget("", new TargetAddress("10.0.0.1", 3), 1, 0));
        assertThat(answers.leftOut()).isEmpty();
    }

    @Test
    void repeatedTargetsAddTheirWeights() {
        assertThat(Answers.of(List.of(new FoundTarget("a:1", 2, 1), FoundTarget.at("A:1"), FoundTarget.at("a:2"))).usable())
                .containsExactly(new DiscoveredTarget("", new TargetAddress("a", 1), 3, 0),
                        new DiscoveredTarget("", new TargetAddress("a", 2), 1, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a:", ":1", "a:0", "a:65536", "a:b", "a b:1", "http://a:1/x", "::1:80", "256.0.0.1:1",
        "a:1\n", "\u0000:1", "u@a:1"})
    void whatIsNoTargetIsLeftOutAndNamed(String address) {
        Answers answers = Answers.of(List.of(FoundTarget.at(address), FoundTarget.at("good:1")));

        assertThat(answers.usable()).hasSize(1);
        assertThat(answers.leftOut()).singleElement().asString().contains("expected");
    }

    @Test
    void weightsAndPrioritiesHaveBounds() {
        Answers answers = Answers.of(List.of(new FoundTarget("a:1", -1, 0), new FoundTarget("a:2", 1_000_001, 0),
                new FoundTarget("a:3", 0, -1), new FoundTarget("a:4", 0, 1_000_000)));

        assertThat(answers.usable()).extracting(target -> target.address().port()).containsExactly(4);
        assertThat(answers.leftOut()).hasSize(3);
    }

    @Test
    void tenThousandTargetsAreTakenAndNoMore() {
        List<FoundTarget> found = IntStream.rangeClosed(1, 10_002).mapToObj(i -> FoundTarget.at("a:" + i)).toList();

        assertThat(Answers.of(found.subList(0, 10_000)).leftOut()).isEmpty();
        assertThat(Answers.of(found).usable()).hasSize(10_000);
        assertThat(Answers.of(found).leftOut()).containsExactly("2 targets too many (expected: at most 10000)");
    }

    @Test
    void manyBadTargetsAreSummedUp() {
        List<FoundTarget> found = IntStream.range(0, 10).mapToObj(i -> FoundTarget.at("a" + i)).toList();

        assertThat(Answers.of(found).leftOut()).hasSize(4).last().isEqualTo("and 7 more");
    }
}
