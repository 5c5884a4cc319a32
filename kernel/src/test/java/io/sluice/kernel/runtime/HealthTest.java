package io.sluice.kernel.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.kernel.config.Settings;
import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.upstream.Health;
import io.sluice.kernel.upstream.HealthListener;
import io.sluice.kernel.upstream.LiveTarget;
import io.sluice.kernel.upstream.OperatorState;
import io.sluice.kernel.upstream.ProbeReport;
import io.sluice.kernel.upstream.ServiceState.Close;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.ServiceInfo;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What probes find decides who takes connections. */
class HealthTest {

    private static final String CONFIG = "\"config\": { \"interval\": \"400ms\", \"unhealthy_interval\": \"50ms\", \"fall\": 1 }";

    private final List<String> events = new CopyOnWriteArrayList<>();
    private TestGateway gateway;
    private TalkingServer a;
    private TalkingServer b;

    @BeforeEach
    void start() throws IOException {
        gateway = new TestGateway(Settings.Transport.AUTO);
        a = new TalkingServer('a', "master");
        b = new TalkingServer('b', "slave");
        gateway.runtime.onHealth(new HealthListener() {
            @Override
            public void hostUp(ServiceInfo service, Target target) {
                events.add(target.id().equals(a.address()) ? "a up" : "b up");
            }

            @Override
            public void hostDown(ServiceInfo service, Target target, String reason) {
                events.add(target.id().equals(a.address()) ? "a down" : "b down");
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        a.close();
        b.close();
    }

    private String checks(String more) {
        return "\"check_host_against_uptime_tests\": true, \"uptime_tests\": { \"check_list\": [" + check(a) + ", " + check(b)
                + "], " + CONFIG.replace("}", more + " }") + " }";
    }

    private static String check(TalkingServer server) {
        return "{ \"url\": \"" + server.address() + "\", \"commands\": [{ \"name\": \"ask\", \"role\": \"master\" }] }";
    }

    private void apply(String fields, String proxyFields) throws Exception {
        gateway.define("s", fields, proxyFields, "\"" + a.address() + "\", \"" + b.address() + "\"").apply(new Asking());
    }

    private LiveTarget target(TalkingServer server) {
        return gateway.runtime.states().get("s").target(server.address()).orElseThrow();
    }

    private void awaitHealth(TalkingServer server, Health health) {
        await().until(() -> target(server).condition().health() == health);
    }

    /** Who answers a new connection; {@code '-'} if nobody does. */
    private char who() {
        try (Socket socket = gateway.connect()) {
            return who(socket);
        } catch (IOException e) {
            return '-';
        }
    }

    private static char who(Socket socket) {
        try {
            socket.getOutputStream().write('w');
            int b = socket.getInputStream().read();
            return b < 0 ? '-' : (char) b;
        } catch (IOException e) {
            return '-';
        }
    }

    @Test
    void connectionsGoWhereTheMasterIs() throws Exception {
        apply(checks(""), "");
        assertThat(who()).isEqualTo('a');
        a.role("slave");
        b.role("master");
        awaitHealth(a, Health.DOWN);
        awaitHealth(b, Health.UP);
        assertThat(who()).isEqualTo('b');
        assertThat(target(a).condition().lastProbe().orElseThrow().reason()).isEqualTo("it is slave");
    }

    @Test
    void firstConnectionWaitsForTheFirstResult() throws Exception {
        a.role(null);
        apply(checks("").replace("400ms", "5s"), "");
        try (Socket socket = gateway.connect()) {
            socket.getOutputStream().write('w');
            await().until(() -> a.asked.get() > 0 && target(b).condition().health() == Health.DOWN);
            assertThat(target(a).condition().health()).isEqualTo(Health.UNKNOWN);
            // the same target answers its second question, which a changed check asks at once
            a.role("master");
            apply(checks("").replace("400ms", "4s"), "");
            assertThat(socket.getInputStream().read()).isEqualTo('a');
        }
    }

    @Test
    void demotedTargetLosesItsConnectionsWhateverPlanTheyStartedOn() throws Exception {
        apply(checks(""), "");
        try (Socket old = gateway.connect()) {
            assertThat(who(old)).isEqualTo('a');
            apply(checks("") + ", \"slug\": \"another plan\"", "");
            a.role("slave");
            assertThat(old.getInputStream().read()).isNegative();
        }
        assertThat(gateway.nextEnd().reason()).isEqualTo(CloseReason.TARGET_DOWN);
    }

    @Test
    void keptConnectionsGoOn() throws Exception {
        apply(checks(""), "\"on_target_down\": \"keep\"");
        try (Socket old = gateway.connect()) {
            assertThat(who(old)).isEqualTo('a');
            a.role("slave");
            awaitHealth(a, Health.DOWN);
            assertThat(who()).isEqualTo('-');
            assertThat(who(old)).isEqualTo('a');
        }
    }

    @Test
    void eachTransitionIsToldOnce() throws Exception {
        apply(checks(""), "");
        await().until(() -> events.size() == 2);
        assertThat(events).containsExactlyInAnyOrder("a up", "b down");
        events.clear();
        int asked = a.asked.get();
        await().until(() -> a.asked.get() > asked + 3);
        assertThat(events).isEmpty();
        a.role("slave");
        await().until(() -> !events.isEmpty());
        int again = a.asked.get();
        await().until(() -> a.asked.get() > again + 3);
        assertThat(events).containsExactly("a down");
    }

    @Test
    void riseAndFallCountResultsInARow() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        gateway.runtime.onHealth(new HealthListener() {
            @Override
            public void probed(ServiceInfo service, Target target, ProbeReport report) {
                if (target.id().equals(a.address())) {
                    seen.add((report.healthy() ? "+" : "-") + ((LiveTarget) target).condition().health());
                }
            }
        });
        apply(checks("").replace("\"fall\": 1", "\"fall\": 3, \"rise\": 2"), "");
        awaitHealth(a, Health.UP);
        seen.clear();
        a.role("slave");
        awaitHealth(a, Health.DOWN);
        a.role("master");
        awaitHealth(a, Health.UP);
        await().until(() -> seen.contains("+DOWN") && seen.get(seen.size() - 1).equals("+UP"));
        String story = String.join(" ", seen);
        assertThat(story).contains("-UP -UP -DOWN").contains("-DOWN +DOWN +UP").doesNotContain("-UP -UP -UP");
    }

    @Test
    void resultsThatDoNotSteerAreShown() throws Exception {
        a.role("slave");
        apply(checks("").replace("\"check_host_against_uptime_tests\": true, ", ""), "");
        awaitHealth(a, Health.DOWN);
        assertThat(who()).isEqualTo('a');
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
    void silentTargetDelaysNobody() throws Exception {
        b.role(null);
        apply(checks(""), "");
        awaitHealth(a, Health.UP);
        assertThat(target(b).condition().health()).isEqualTo(Health.UNKNOWN);
        awaitHealth(b, Health.DOWN);
        assertThat(target(b).condition().lastProbe().orElseThrow().reason()).isEqualTo("no line came");
    }

    @Test
    void twoPrimariesTakeNothingUntilOneRemains() throws Exception {
        apply(checks(", \"single_primary\": true"), "");
        try (Socket old = gateway.connect()) {
            assertThat(who(old)).isEqualTo('a');
            b.role("master");
            assertThat(old.getInputStream().read()).isNegative();
        }
        assertThat(who()).isEqualTo('-');
        assertThat(gateway.runtime.problems().all()).extracting(Problem::code).containsExactly("several_primaries");
        a.role("slave");
        awaitHealth(a, Health.DOWN);
        assertThat(who()).isEqualTo('b');
        assertThat(gateway.runtime.problems().all()).isEmpty();
    }

    @Test
    void newestOfTwoPrimariesTakesNewConnections() throws Exception {
        a.role("master 7");
        apply(checks(", \"single_primary\": true"), "");
        try (Socket old = gateway.connect()) {
            assertThat(who(old)).isEqualTo('a');
            b.role("master 8");
            assertThat(old.getInputStream().read()).isNegative();
        }
        awaitHealth(b, Health.UP);
        try (Socket newer = gateway.connect()) {
            assertThat(who(newer)).isEqualTo('b');
            a.role("master 9");
            assertThat(newer.getInputStream().read()).isNegative();
        }
        assertThat(who()).isEqualTo('a');
    }

    @Test
    void nextGroupServesWhileTheFirstIsDown() throws Exception {
        b.role("master");
        gateway.define("s", checks(""), "", "\"" + a.address() + "\", { \"url\": \"" + b.address() + "\", \"priority\": 1 }")
                .apply(new Asking());
        awaitHealth(b, Health.UP);
        assertThat(who()).isEqualTo('a');
        a.role("slave");
        awaitHealth(a, Health.DOWN);
        assertThat(who()).isEqualTo('b');
        a.role("master");
        awaitHealth(a, Health.UP);
        assertThat(who()).isEqualTo('a');
    }

    @Test
    void targetThatCannotBeConnectedIsEjectedAndReadmitted() throws Exception {
        TalkingServer gone = new TalkingServer('g', "master");
        gone.close();
        gateway.service("s", "", gone.address(), a.address()).apply();
        for (int i = 0; i < 5; i++) {
            assertThat(who()).isEqualTo('a');
            assertThat(gateway.nextEnd().timing().tries()).isEqualTo(2);
        }
        await().until(() -> target(gone).condition().health() == Health.EJECTED);
        assertThat(who()).isEqualTo('a');
        assertThat(gateway.nextEnd().timing().tries()).isEqualTo(1);
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
        awaitHealth(b, Health.UP);
        try (Socket live = gateway.connect()) {
            assertThat(who(live)).isEqualTo('a');
            operate(OperatorState.DRAINING, Close.NO);
            assertThat(who()).isEqualTo('b');
            assertThat(who(live)).isEqualTo('a');
            operate(OperatorState.MAINTENANCE, Close.NOW);
            assertThat(live.getInputStream().read()).isNegative();
        }
        int asked = a.asked.get();
        int other = b.asked.get();
        await().until(() -> b.asked.get() > other + 4);
        assertThat(a.asked.get()).isLessThanOrEqualTo(asked + 1);
        operate(OperatorState.READY, Close.NO);
        assertThat(who()).isEqualTo('a');
        await().until(() -> a.asked.get() > asked + 2);
    }

    private void operate(OperatorState state, Close close) {
        assertThat(gateway.runtime.states().get("s").operate(a.address(), state, Duration.ZERO, close)).isTrue();
    }

    @Test
    void probeOnDemandAnswersWithItsTranscript() throws Exception {
        apply(checks("").replace("400ms", "60s"), "");
        awaitHealth(a, Health.UP);
        List<ProbeReport> reports = gateway.runtime.monitor().probe("s", a.address()).get();
        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).healthy()).isTrue();
        assertThat(reports.get(0).transcript()).extracting(ProbeReport.Entry::step).containsExactly("connect", "ask");
        ProbeReport.Entry ask = reports.get(0).transcript().get(1);
        assertThat(new String(ask.sent())).isEqualTo("?");
        assertThat(new String(ask.received())).isEqualTo("master\n");
        assertThat(ask.expected()).isEqualTo("master");
        await().until(() -> target(a).condition().reports().size() == 2);
    }
}
