package io.sluice.kernel.runtime;

import static io.sluice.kernel.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.upstream.Health;
import io.sluice.kernel.upstream.OperatorState;
import io.sluice.kernel.upstream.ServiceState.Close;
import io.sluice.spi.connection.CloseReason;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is known of targets decides who takes connections. */
class SteeringTest extends ProbedTargets {

    @Test
    void connectionsGoWhereTheMasterIs() throws Exception {
        apply(checks(""), "");
        assertThat(who()).isEqualTo('a');
        settled();
        becomes(a, "slave");
        becomes(b, "master");
        awaitHealth(a, Health.DOWN);
        awaitHealth(b, Health.UP);
        awaitWho('b');
        assertThat(target(a).condition().lastProbe().orElseThrow().reason()).isEqualTo("it is slave");
    }

    @Test
    void firstConnectionWaitsForTheFirstResult() throws Exception {
        a.role(null);
        apply(checks(""), "");
        try (Socket socket = gateway.connect()) {
            socket.getOutputStream().write('w');
            await().until(() -> a.asked.get() > 0 && target(b).condition().health() == Health.DOWN);
            assertThat(target(a).condition().health()).isEqualTo(Health.UNKNOWN);
            // the same target answers its second question, which a changed check asks at once
            a.role("master");
            apply(checks("").replace("30s", "29s"), "");
            assertThat(socket.getInputStream().read()).isEqualTo('a');
        }
    }

    @Test
    void demotedTargetLosesItsConnectionsWhateverPlanTheyStartedOn() throws Exception {
        apply(checks(""), "");
        try (Socket old = gateway.connect()) {
            assertThat(who(old)).isEqualTo('a');
            settled();
            apply(checks("") + ", \"slug\": \"another plan\"", "");
            becomes(a, "slave");
            assertThat(old.getInputStream().read()).isNegative();
        }
        assertThat(gateway.nextEnd().reason()).isEqualTo(CloseReason.TARGET_DOWN);
    }

    @Test
    void keptConnectionsGoOn() throws Exception {
        apply(checks(""), "\"on_target_down\": \"keep\"");
        try (Socket old = gateway.connect()) {
            assertThat(who(old)).isEqualTo('a');
            settled();
            becomes(a, "slave");
            awaitHealth(a, Health.DOWN);
            awaitWho('-');
            assertThat(who(old)).isEqualTo('a');
        }
    }

    @Test
    void allDownRefusesOrTriesAll() throws Exception {
        a.role("slave");
        apply(checks(""), "");
        awaitHealth(a, Health.DOWN);
        assertThat(who()).isEqualTo('-');
        assertThat(gateway.nextEnd().reason()).isEqualTo(CloseReason.NO_TARGET);
        apply(checks(""), "\"on_all_down\": \"try_all\"");
        assertThat(who()).isEqualTo('a');
    }

    @Test
    void twoPrimariesTakeNothingUntilOneRemains() throws Exception {
        apply(checks(", \"single_primary\": true"), "");
        try (Socket old = gateway.connect()) {
            assertThat(who(old)).isEqualTo('a');
            settled();
            becomes(b, "master");
            assertThat(old.getInputStream().read()).isNegative();
        }
        assertThat(who()).isEqualTo('-');
        assertThat(gateway.runtime.problems().all()).extracting(Problem::code).containsExactly("several_primaries");
        becomes(a, "slave");
        awaitHealth(a, Health.DOWN);
        awaitWho('b');
        await().until(() -> gateway.runtime.problems().all().isEmpty());
    }

    @Test
    void newestOfTwoPrimariesTakesNewConnections() throws Exception {
        a.role("master 7");
        apply(checks(", \"single_primary\": true"), "");
        try (Socket old = gateway.connect()) {
            assertThat(who(old)).isEqualTo('a');
            settled();
            becomes(b, "master 8");
            assertThat(old.getInputStream().read()).isNegative();
        }
        awaitHealth(b, Health.UP);
        try (Socket newer = gateway.connect()) {
            assertThat(who(newer)).isEqualTo('b');
            becomes(a, "master 9");
            assertThat(newer.getInputStream().read()).isNegative();
        }
        assertThat(who()).isEqualTo('a');
    }

    @Test
    void nextGroupServesWhileTheFirstIsDown() throws Exception {
        b.role("master");
        gateway.define("s", checks(""), "", "\"" + a.address() + "\", { \"url\": \"" + b.address() + "\", \"priority\": 1 }")
                .apply(new Asking());
        awaitHealth(a, Health.UP);
        awaitHealth(b, Health.UP);
        awaitWho('a');
        becomes(a, "slave");
        awaitHealth(a, Health.DOWN);
        awaitWho('b');
        becomes(a, "master");
        awaitHealth(a, Health.UP);
        awaitWho('a');
    }

    @Test
    void targetThatCannotBeConnectedIsEjectedAndReadmitted() throws Exception {
        String gone = TestGateway.nobody();
        gateway.service("s", "", gone, a.address()).apply();
        for (int i = 0; i < 5; i++) {
            assertThat(who()).isEqualTo('a');
            assertThat(gateway.nextEnd().timing().tries()).isEqualTo(2);
        }
        await().until(() -> target(gone).condition().health() == Health.EJECTED);
        await().until(() -> who() == 'a' && gateway.nextEnd().timing().tries() == 1);
    }

    @Test
    void neverMoreThanHalfOfTheTargetsAreEjected() throws Exception {
        gateway.define("s", "", "\"retries\": 0", "\"" + TestGateway.nobody() + "\"").apply();
        for (int i = 0; i < 12; i++) {
            assertThat(who()).isEqualTo('-');
            assertThat(gateway.nextEnd().reason()).isEqualTo(CloseReason.CONNECT_FAILED);
        }
    }

    @Test
    void operatorsDrainMaintainAndBringBack() throws Exception {
        b.role("master");
        apply(checks(""), "");
        settled();
        try (Socket live = connectTo('a')) {
            operate(OperatorState.DRAINING, Close.NO);
            assertThat(who()).isEqualTo('b');
            assertThat(who(live)).isEqualTo('a');
            operate(OperatorState.MAINTENANCE, Close.NOW);
            assertThat(live.getInputStream().read()).isNegative();
        }
        int asked = a.asked.get();
        apply(checks("").replace("30s", "29s"), "");
        await().until(() -> target(b).condition().reports().size() == 2);
        assertThat(a.asked.get()).isEqualTo(asked);
        operate(OperatorState.READY, Close.NO);
        await().until(() -> a.asked.get() == asked + 1);
        awaitHealth(a, Health.UP);
        awaitWho('a');
        assertThat(events).as("it was up all the time, as far as anybody was told").containsOnlyOnce("a up");
        operate(OperatorState.MAINTENANCE, Close.NO);
        a.role("slave");
        operate(OperatorState.READY, Close.NO);
        await().until(() -> events.contains("a down"));
        assertThat(events).containsOnlyOnce("a up", "a down");
    }

    @Test
    void primaryOfBeforeItsMaintenanceIsNoPrimaryAfterIt() throws Exception {
        apply(checks(", \"single_primary\": true"), "");
        settled();
        awaitHealth(a, Health.UP);
        operate(OperatorState.MAINTENANCE, Close.NO);
        becomes(b, "master");
        awaitHealth(b, Health.UP);
        try (Socket live = connectTo('b')) {
            a.role("slave");
            operate(OperatorState.READY, Close.NO);
            awaitHealth(a, Health.DOWN);
            assertThat(who(live)).as("the new primary's connections go on").isEqualTo('b');
        }
    }

    private void operate(OperatorState state, Close close) {
        assertThat(gateway.runtime.states().get("s").operate(a.address(), state, Duration.ZERO, close)).isTrue();
    }
}
