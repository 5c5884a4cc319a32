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
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What probes find decides who takes connections. After its first probe, a target is probed when the test says so. */
class HealthTest {

    private static final String CONFIG = "\"config\": { \"interval\": \"10m\", \"timeout\": \"30s\", \"fall\": 1 }";

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
        patiently().until(() -> target(server).condition().health() == health);
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20));
    }

    /** Gives a server a role, and probes it once. */
    private void becomes(TalkingServer server, String role) throws Exception {
        server.role(role);
        probe(server);
    }

    private ProbeReport probe(TalkingServer server) throws Exception {
        return gateway.runtime.monitor().probe("s", server.address()).get(60, TimeUnit.SECONDS).get(0);
    }

    private void settled() {
        patiently().until(() -> target(a).condition().lastProbe().isPresent() && target(b).condition().lastProbe().isPresent());
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
        settled();
        becomes(a, "slave");
        becomes(b, "master");
        awaitHealth(a, Health.DOWN);
        awaitHealth(b, Health.UP);
        assertThat(who()).isEqualTo('b');
        assertThat(target(a).condition().lastProbe().orElseThrow().reason()).isEqualTo("it is slave");
    }

    @Test
    void firstConnectionWaitsForTheFirstResult() throws Exception {
        a.role(null);
        apply(checks(""), "");
        try (Socket socket = gateway.connect()) {
            socket.getOutputStream().write('w');
            patiently().until(() -> a.asked.get() > 0 && target(b).condition().health() == Health.DOWN);
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
            assertThat(who()).isEqualTo('-');
            assertThat(who(old)).isEqualTo('a');
        }
    }

    @Test
    void eachTransitionIsToldOnce() throws Exception {
        apply(checks(""), "");
        patiently().until(() -> events.size() == 2);
        assertThat(events).containsExactlyInAnyOrder("a up", "b down");
        events.clear();
        for (String role : List.of("master", "slave", "slave", "master", "master")) {
            becomes(a, role);
        }
        patiently().until(() -> events.size() == 2);
        assertThat(events).containsExactly("a down", "a up");
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
        patiently().until(() -> seen.size() == 1);
        for (String role : List.of("slave", "slave", "master", "slave", "slave", "slave", "master", "slave", "master", "master")) {
            becomes(a, role);
        }
        patiently().until(() -> seen.size() == 11);
        assertThat(seen).containsExactly("+UP", "-UP", "-UP", "+UP", "-UP", "-UP", "-DOWN", "+DOWN", "-DOWN", "+DOWN", "+UP");
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
        apply(checks("").replace(check(b), check(b).replace("{ \"url\"", "{ \"timeout\": \"1s\", \"url\"")), "");
        awaitHealth(b, Health.DOWN);
        assertThat(target(b).condition().lastProbe().orElseThrow().reason()).isEqualTo("no line came");
        Instant upAt = target(a).condition().lastProbe().map(report -> report.time().plus(report.duration())).orElseThrow();
        ProbeReport silent = target(b).condition().lastProbe().orElseThrow();
        assertThat(upAt).as("a was through before b's time was over").isBefore(silent.time().plus(silent.duration()));
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
        assertThat(who()).isEqualTo('b');
        patiently().until(() -> gateway.runtime.problems().all().isEmpty());
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
        assertThat(who()).isEqualTo('a');
        becomes(a, "slave");
        awaitHealth(a, Health.DOWN);
        assertThat(who()).isEqualTo('b');
        becomes(a, "master");
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
        patiently().until(() -> target(gone).condition().health() == Health.EJECTED);
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
        apply(checks("").replace("30s", "29s"), "");
        patiently().until(() -> target(b).condition().reports().size() == 2);
        assertThat(a.asked.get()).isEqualTo(asked);
        operate(OperatorState.READY, Close.NO);
        patiently().until(() -> a.asked.get() == asked + 1);
        awaitHealth(a, Health.UP);
        assertThat(who()).isEqualTo('a');
    }

    @Test
    void primaryOfBeforeItsMaintenanceIsNoPrimaryAfterIt() throws Exception {
        apply(checks(", \"single_primary\": true"), "");
        settled();
        awaitHealth(a, Health.UP);
        operate(OperatorState.MAINTENANCE, Close.NO);
        becomes(b, "master");
        awaitHealth(b, Health.UP);
        try (Socket live = gateway.connect()) {
            assertThat(who(live)).isEqualTo('b');
            a.role("slave");
            operate(OperatorState.READY, Close.NO);
            awaitHealth(a, Health.DOWN);
            assertThat(who(live)).as("the new primary's connections go on").isEqualTo('b');
        }
    }

    @Test
    void serviceThatComesBackKnowsNothingOfItsTargets() throws Exception {
        String fields = checks("").replace("\"fall\": 1", "\"fall\": 3") + ", \"on_service_removed\": \"keep\"";
        apply(fields, "");
        settled();
        try (Socket held = gateway.connect()) {
            assertThat(who(held)).isEqualTo('a');
            gateway.without("s").apply(new Asking());
            a.role("slave");
            apply(fields, "");
            awaitHealth(a, Health.DOWN);
            assertThat(target(a).condition().reports()).as("its first result decides").hasSize(2);
        }
    }

    @Test
    void targetThatComesBackIsDecidedByItsFirstResult() throws Exception {
        String fields = checks("").replace("\"fall\": 1", "\"fall\": 3");
        apply(fields, "");
        settled();
        try (Socket held = gateway.connect()) {
            assertThat(who(held)).isEqualTo('a');
            gateway.define("s", fields, "", "\"" + b.address() + "\"").apply(new Asking());
            a.role("slave");
            apply(fields, "");
            awaitHealth(a, Health.DOWN);
        }
    }

    private void operate(OperatorState state, Close close) {
        assertThat(gateway.runtime.states().get("s").operate(a.address(), state, Duration.ZERO, close)).isTrue();
    }

    @Test
    void boundOnProbesLetsThemWaitForEachOther() throws Exception {
        gateway.settings("\"uptime_tests\": { \"config\": { \"checker_pool_size\": 1 } }");
        a.role(null);
        b.role(null);
        apply(checks("").replace("30s", "300ms"), "");
        settled();
        ProbeReport first = target(a).condition().lastProbe().orElseThrow();
        ProbeReport second = target(b).condition().lastProbe().orElseThrow();
        assertThat(first.healthy() || second.healthy()).isFalse();
        assertThat(second.time()).isAfterOrEqualTo(first.time().plusMillis(290));
    }

    @Test
    void probeOnDemandAnswersWithItsTranscript() throws Exception {
        apply(checks(""), "");
        awaitHealth(a, Health.UP);
        ProbeReport report = probe(a);
        assertThat(report.healthy()).isTrue();
        assertThat(report.transcript()).extracting(ProbeReport.Entry::step).containsExactly("connect", "ask");
        ProbeReport.Entry ask = report.transcript().get(1);
        assertThat(new String(ask.sent())).isEqualTo("?");
        assertThat(new String(ask.received())).isEqualTo("master\n");
        assertThat(ask.expected()).isEqualTo("master");
        patiently().until(() -> target(a).condition().reports().size() == 2);
    }
}
