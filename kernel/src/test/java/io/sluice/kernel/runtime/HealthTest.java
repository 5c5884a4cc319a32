package io.sluice.kernel.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.upstream.Health;
import io.sluice.kernel.upstream.HealthListener;
import io.sluice.kernel.upstream.LiveTarget;
import io.sluice.kernel.upstream.ProbeReport;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.connection.ServiceInfo;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What probes find, and when it counts. */
class HealthTest extends ProbedTargets {

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
