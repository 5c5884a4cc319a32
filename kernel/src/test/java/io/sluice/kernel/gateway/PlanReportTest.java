package io.sluice.kernel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.kernel.config.SettingsReader;
import io.sluice.kernel.observe.EventRing;
import io.sluice.kernel.plan.ListenAddress;
import io.sluice.kernel.plan.Plan;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.runtime.ListenerStatus;
import io.sluice.spi.control.CertificateStatus;
import io.sluice.spi.control.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanReportTest {

    private final EventRing events = new EventRing();
    private final PlanReport report = new PlanReport(events);

    @Test
    void serviceWithSeveralErrorsIsRefusedOnce() {
        Problem first = Problem.error("range", new Place("conf/services/a.json", 1, 2, "/listen_port"), "first", "").of("a");
        Problem second = Problem.error("required", Place.file("conf/services/a.json"), "second", "").of("a");
        report.applied(List.of(), plan(first, second, Problem.warning("unknown", Place.NONE, "third", "").of("b")));
        assertThat(of("ProblemRaised")).hasSize(3);
        assertThat(of("PlanRefused")).singleElement().satisfies(refused -> {
            assertThat(refused).containsEntry("service", "a").containsEntry("reason", "first")
                    .containsEntry("file", "conf/services/a.json");
            assertThat((List<?>) refused.get("problems")).hasSize(2);
        });
    }

    @Test
    void refusalIsToldAgainOnlyWhenSomethingNewIsWrong() {
        Problem first = Problem.error("range", Place.NONE, "first", "").of("a");
        Problem second = Problem.error("range", Place.NONE, "second", "").of("a");
        report.applied(List.of(), plan(first));
        report.applied(List.of(first), plan(first));
        report.applied(List.of(first), plan(first, second));
        assertThat(of("PlanRefused")).extracting(data -> data.get("reason")).containsExactly("first", "second");
    }

    @Test
    void fileThatIsNobodysIsRefusedByItsName() {
        report.applied(List.of(), plan(Problem.error("syntax", new Place("conf/services/a.json", 1, 1, ""), "a slip", "")));
        assertThat(of("PlanRefused")).singleElement().satisfies(refused -> assertThat(refused).containsEntry("service", null)
                .containsEntry("file", "conf/services/a.json").containsEntry("reason", "a slip"));
    }

    @Test
    void certificateNamesItsServiceAndAllOfThemWhereItHasSeveral() {
        Path file = Path.of("a.pem");
        report.materials(Map.of(file, Optional.of("one")), any -> List.of("a"));
        report.materials(Map.of(file, Optional.of("two")), any -> List.of("a"));
        report.materials(Map.of(file, Optional.of("three")), any -> List.of("a", "b"));
        assertThat(of("CertificateReplaced")).extracting(data -> data.get("service"), data -> data.get("services"))
                .containsExactly(tuple("a", List.of("a")),
                        tuple(null, List.of("a", "b")));
    }

    @Test
    void certificateThatIsGoneForAWhileIsNotReplaced() {
        Path file = Path.of("a.pem");
        report.materials(Map.of(file, Optional.of("one")), any -> List.of("a"));
        report.materials(Map.of(file, Optional.empty()), any -> List.of("a"));
        report.materials(Map.of(file, Optional.of("one")), any -> List.of("a"));
        assertThat(of("CertificateReplaced")).isEmpty();
        report.materials(Map.of(file, Optional.empty()), any -> List.of("a"));
        report.materials(Map.of(file, Optional.of("two")), any -> List.of("a"));
        assertThat(of("CertificateReplaced")).hasSize(1);
    }

    @Test
    void certificateThatExpiresSoonIsToldOnce() {
        Instant end = Instant.now().plus(Duration.ofDays(3));
        CertificateStatus soon = new CertificateStatus("id", "fingerprint", "CN=a", "CN=ca", List.of(), Instant.EPOCH, end, true,
                List.of("a"));
        report.expiring(List.of(soon));
        report.expiring(List.of(soon));
        assertThat(of("CertificateExpiring")).singleElement().satisfies(told -> assertThat(told).containsEntry("service", "a")
                .containsEntry("services", List.of("a")).containsEntry("reason", "it expires at " + end));
    }

    @Test
    void listenerNamesItsServicesUntilItIsClosed() {
        ListenAddress address = new ListenAddress("127.0.0.1", 7000);
        report.listeners(List.of(new ListenerStatus(address, "tcp", List.of("a"), false, "in use", "wait")));
        report.listeners(List.of(new ListenerStatus(address, "tcp", List.of("a"), true, "", "")));
        report.listeners(List.of(new ListenerStatus(address, "tcp", List.of("a", "b"), true, "", "")));
        report.listeners(List.of());
        assertThat(of("ListenerState")).extracting(data -> data.get("state"), data -> data.get("reason"), data -> data.get("service"))
                .containsExactly(tuple("failed", "in use", "a"), tuple("open", null, "a"), tuple("closed", null, null));
    }

    private static Plan plan(Problem... problems) {
        return new Plan(1, SettingsReader.defaults(), List.of(), Map.of(), Map.of(), List.of(problems));
    }

    private List<Map<String, Object>> of(String type) {
        return events.after(0, 1000).stream().filter(event -> event.type().equals(type)).map(Event::data).toList();
    }
}
