package io.sluice.kernel.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.config.Definition.OnAllDown;
import io.sluice.kernel.config.Definition.OnTargetDown;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.plan.CheckPlan;
import io.sluice.kernel.plan.SteeringRules;
import io.sluice.kernel.plan.TargetPlan;
import io.sluice.kernel.problem.Place;
import io.sluice.spi.connection.TargetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who takes connections, in every state of three targets. */
class CandidatesTest {

    private final LiveTarget a = target("a", 1);
    private final LiveTarget b = target("b", 1);
    private final LiveTarget parked = target("parked", 0);
    private boolean single;
    private OnAllDown onAllDown = OnAllDown.REFUSE;
    private int rise = 1;

    private static LiveTarget target(String host, int weight) {
        return new LiveTarget(new TargetPlan(host, "tcp", new TargetAddress(host, 1), List.of(), weight, 0));
    }

    private CheckPlan check() {
        Duration second = Duration.ofSeconds(1);
        return new CheckPlan("check", "tcp", List.of(), List.of(), new CheckPlan.Rules(second, second, second, rise, 1),
                new JsonValue.JsonNull(Place.NONE));
    }

    /** Gives a target a check, and its probes these results. */
    private void probed(LiveTarget target, boolean... results) {
        target.state().checks(List.of(check()));
        for (boolean result : results) {
            report(target, result, Map.of());
        }
    }

    private void report(LiveTarget target, boolean healthy, Map<String, String> facts) {
        target.state().probed(new ProbeReport("check", Instant.EPOCH, healthy, "", Duration.ZERO, List.of(), facts));
    }

    private Candidates candidates() {
        return Candidates.of(List.of(a, b, parked), new SteeringRules(true, single, onAllDown, OnTargetDown.CLOSE,
                Duration.ZERO, Duration.ZERO));
    }

    @Test
    void uncheckedTargetsCountAsHealthyAndParkedOnesDoNotCount() {
        assertThat(candidates().admitted()).containsExactlyInAnyOrder(a, b);
    }

    @Test
    void unknownTargetsAreAwaitedOnlyIfNobodyIsKnown() {
        probed(a);
        assertThat(candidates()).isEqualTo(new Candidates(Set.of(b), false, Set.of()));
        probed(b);
        assertThat(candidates().admitted()).isEmpty();
        assertThat(candidates().awaited()).isTrue();
        report(b, false, Map.of());
        assertThat(candidates().awaited()).as("a may still be healthy").isTrue();
        report(a, false, Map.of());
        assertThat(candidates().awaited()).isFalse();
        assertThat(candidates().admitted()).isEmpty();
    }

    @Test
    void allDownTriesAllButThoseThatOperatorsTookOut() {
        onAllDown = OnAllDown.TRY_ALL;
        probed(a, false);
        probed(b, false);
        assertThat(candidates().admitted()).containsExactlyInAnyOrder(a, b);
        a.state().operator(OperatorState.DRAINING);
        assertThat(candidates().admitted()).containsExactly(b);
    }

    @Test
    void ejectedTargetServesWhenNobodyElseCan() {
        b.state().ejection().begin();
        assertThat(candidates().admitted()).containsExactly(a);
        probed(a, false);
        assertThat(candidates().admitted()).containsExactly(b);
    }

    @Test
    void severalPrimariesTakeNothingWhateverElseHolds() {
        single = true;
        onAllDown = OnAllDown.TRY_ALL;
        probed(a, true);
        probed(b, true);
        probed(parked, false);
        assertThat(candidates().admitted()).isEmpty();
        assertThat(candidates().claimants()).containsExactlyInAnyOrder(a, b);
    }

    @Test
    void parkedPrimaryIsAPrimaryToo() {
        single = true;
        probed(a, true);
        probed(b, false);
        probed(parked, true);
        assertThat(candidates().claimants()).containsExactlyInAnyOrder(a, parked);
    }

    @Test
    void lastProbeClaimsBeforeRiseMakesItHealthy() {
        single = true;
        rise = 3;
        probed(a, true);
        probed(b, false, true);
        probed(parked, false);
        assertThat(b.state().health()).isEqualTo(Health.DOWN);
        assertThat(candidates().admitted()).isEmpty();
        report(b, false, Map.of());
        assertThat(candidates().admitted()).containsExactly(a);
    }

    @Test
    void maintainedPrimaryIsNotAskedAndDoesNotCount() {
        single = true;
        probed(a, true);
        probed(b, true);
        probed(parked, false);
        b.state().operator(OperatorState.MAINTENANCE);
        assertThat(candidates().admitted()).containsExactly(a);
        b.state().operator(OperatorState.DRAINING);
        assertThat(candidates().admitted()).as("nobody knows what became of it").containsExactly(a);
        report(b, true, Map.of());
        assertThat(candidates().admitted()).as("a drained one still claims").isEmpty();
    }

    @Test
    void highestEpochWinsIfItIsTheOnlyOneAndAllTell() {
        single = true;
        probed(parked, false);
        assertThat(winner("7", "12")).containsExactly(b);
        assertThat(winner("12", "12")).isEmpty();
        assertThat(winner("12", "")).isEmpty();
        assertThat(winner("12", "-13")).isEmpty();
        assertThat(winner("18446744073709551616", "18446744073709551617")).containsExactly(b);
    }

    private Set<LiveTarget> winner(String epochOfA, String epochOfB) {
        probed(a);
        probed(b);
        report(a, true, Map.of("epoch", epochOfA));
        report(b, true, Map.of("epoch", epochOfB));
        return candidates().admitted();
    }

    @Test
    void changedCheckKeepsTheStateUntilItsFirstResult() {
        probed(a, true);
        rise = 2;
        a.state().checks(List.of(check()));
        assertThat(a.state().health()).isEqualTo(Health.UP);
        report(a, false, Map.of());
        assertThat(a.state().health()).isEqualTo(Health.DOWN);
    }

    @Test
    void ejectionsLastTwiceAsLongEachTimeUntilAConnectSucceeds() {
        Ejection ejection = new Ejection();
        assertThat(List.of(ejection.begin(), ejection.begin(), ejection.begin(), ejection.begin(), ejection.begin(), ejection.begin()))
                .extracting(Duration::toSeconds).containsExactly(30L, 60L, 120L, 240L, 300L, 300L);
        ejection.forgive();
        assertThat(ejection.begin()).hasSeconds(30);
    }

    @Test
    void slowStartGoesFromATenthToAll() {
        SlowStart start = new SlowStart();
        assertThat(start.share(0)).isEqualTo(10);
        start.begin(Duration.ofSeconds(10), 0);
        assertThat(List.of(0, 1, 2, 5, 9)).extracting(second -> start.share(second * 1_000_000_000L)).containsExactly(1, 1, 2, 5, 9);
        assertThat(start.share(10_000_000_000L)).isEqualTo(10);
        assertThat(start.nextStep()).isZero();
    }
}
