package io.sluice.kernel.runtime;

import static io.sluice.kernel.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.upstream.Health;
import io.sluice.kernel.upstream.HealthListener;
import io.sluice.kernel.upstream.LiveTarget;
import io.sluice.kernel.upstream.ProbeReport;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.connection.ServiceInfo;
import java.net.Socket;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What probes find, and when it counts. */
class HealthTest extends ProbedTargets {

    @Test
    void eachTransitionIsToldOnce() throws Exception {
        apply(checks(""), "");
        await().until(() -> events.size() == 2);
        assertThat(events).containsExactlyInAnyOrder("a up", "b down");
        events.clear();
        for (String role : List.of("master", "slave", "slave", "master", "master")) {
            becomes(a, role);
        }
        await().until(() -> events.size() == 2);
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
        await().until(() -> seen.size() == 1);
        for (String role : List.of("slave", "slave", "master", "slave", "slave", "slave", "master", "slave", "master", "master")) {
            becomes(a, role);
        }
        await().until(() -> seen.size() == 11);
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
        apply(checks("").replace("30s", "60s"), "");
        await().until(() -> b.asked.get() == 1);
        awaitHealth(a, Health.UP);
        assertThat(target(b).condition().health()).as("a was through before b's time was over").isEqualTo(Health.UNKNOWN);
        b.close();
        awaitHealth(b, Health.DOWN);
        assertThat(target(b).condition().lastProbe().orElseThrow().reason()).isEqualTo("no line came");
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
        List<ProbeReport> both = Stream.of(a, b).map(server -> target(server).condition().lastProbe().orElseThrow())
                .sorted(Comparator.comparing(ProbeReport::time)).toList();
        assertThat(both).noneMatch(ProbeReport::healthy);
        assertThat(both.get(1).time()).isAfterOrEqualTo(both.get(0).time().plusMillis(290));
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
        await().until(() -> target(a).condition().reports().size() == 2);
    }
}
