package io.sluice.kernel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.config.MaterialFolder;
import io.sluice.kernel.config.SettingsReader;
import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.plan.Fakes;
import io.sluice.kernel.plan.ListenAddress;
import io.sluice.kernel.plan.PlanInput;
import io.sluice.kernel.plan.PlanResult;
import io.sluice.kernel.plan.Planner;
import io.sluice.kernel.plan.RawService;
import io.sluice.kernel.problem.LiveProblems;
import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.runtime.ListenerStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListenerProblemsTest {

    private static final ListenAddress ADDRESS = new ListenAddress("127.0.0.1", 7000);

    private final LiveProblems live = new LiveProblems();
    private final List<String> changes = new ArrayList<>();
    private final ListenerProblems problems = new ListenerProblems(live);

    ListenerProblemsTest() {
        live.onChange(change -> changes.add((change.raised() ? "raised " : "cleared ") + change.problem().message()));
    }

    @Test
    void listenerThatIsNotOpenIsAProblemOfItsServiceAndSaysWhereItsPortWasWritten() throws BadJson {
        problems.compare(List.of(failed("in use", "a")), planned());
        Problem problem = live.all().get(0);
        assertThat(problem.isError()).isTrue();
        assertThat(problem.code()).isEqualTo("listener_failed");
        assertThat(problem.service()).isEqualTo("a");
        assertThat(problem.place().file()).isEqualTo("a.json");
        assertThat(problem.place().line()).isEqualTo(2);
        assertThat(problem.place().pointer()).isEqualTo("/listen_port");
        assertThat(problem.message()).isEqualTo("127.0.0.1:7000 cannot be opened: in use");
        assertThat(problem.hint()).endsWith("do something");
    }

    @Test
    void itIsRaisedOnceHoweverOftenItIsTriedAndClearedOnceWhenItOpens() throws BadJson {
        PlanResult plan = planned();
        problems.compare(List.of(failed("in use", "a")), plan);
        problems.compare(List.of(failed("in use", "a")), plan);
        problems.compare(List.of(open("a")), plan);
        problems.compare(List.of(open("a")), plan);
        assertThat(changes).containsExactly("raised 127.0.0.1:7000 cannot be opened: in use",
                "cleared 127.0.0.1:7000 cannot be opened: in use");
    }

    @Test
    void itIsClearedWhenNobodyWantsTheListenerAnyMore() throws BadJson {
        problems.compare(List.of(failed("in use", "a")), planned());
        problems.compare(List.of(), planned());
        assertThat(live.all()).isEmpty();
    }

    @Test
    void listenerOfSeveralServicesIsOneProblemThatNamesThem() throws BadJson {
        problems.compare(List.of(failed("in use", "a")), planned());
        problems.compare(List.of(failed("in use", "a", "b", "c", "d", "e")), planned());
        assertThat(live.all()).singleElement().matches(problem -> problem.service().isEmpty())
                .extracting(Problem::message).isEqualTo("127.0.0.1:7000 cannot be opened for a, b, c and 2 more: in use");
    }

    @Test
    void whoHasAnAddressIsLookedUpOnceAndOnlyWhereAnotherProcessHasIt() throws BadJson {
        List<Collection<ListenAddress>> looked = new ArrayList<>();
        ListenerProblems looking = new ListenerProblems(live, wanted -> {
            looked.add(wanted);
            return Map.of(ADDRESS, "nginx (process 7)");
        });
        for (String other : new String[] {"permission denied", "cannot assign requested address",
                "address already in use: the inherited socket x is in the way"}) {
            looking.compare(List.of(failed(other, "a")), planned());
            assertThat(live.all().get(0).hint()).as(other).isEqualTo("do something");
        }
        assertThat(looked).isEmpty();
        String taken = "address already in use: another process listens on it";
        ListenerStatus second = new ListenerStatus(new ListenAddress("127.0.0.1", 7001), "plain", List.of("b"), false, taken, "x");
        looking.compare(List.of(failed(taken, "a"), second), planned());
        looking.compare(List.of(failed(taken, "a"), second), planned());
        assertThat(looked).singleElement().satisfies(wanted -> assertThat(wanted).hasSize(2));
        assertThat(live.all()).extracting(Problem::hint).containsExactlyInAnyOrder("nginx (process 7) has port 7000; do something", "x");
        looking.compare(List.of(failed("permission denied", "a")), planned());
        assertThat(live.all().get(0).hint()).isEqualTo("do something");
    }

    private static ListenerStatus failed(String reason, String... services) {
        return new ListenerStatus(ADDRESS, "plain", List.of(services), false, reason, "do something");
    }

    private static ListenerStatus open(String... services) {
        return new ListenerStatus(ADDRESS, "plain", List.of(services), true, "", "");
    }

    private static PlanResult planned() throws BadJson {
        String text = "{ \"api_id\": \"a\", \"listen_address\": \"127.0.0.1\", \"protocol\": \"plain\",\n"
                + " \"listen_port\": 7000, \"proxy\": { \"target_url\": \"h:1\" } }";
        return Planner.plan(new PlanInput(SettingsReader.read((JsonObject) JsonReader.read("sluice.json",
                "{ \"disable_ports_whitelist\": true }", Optional.empty()), problem -> { }).value(),
                List.of(new RawService((JsonObject) JsonReader.read("a.json", text, Optional.empty()), "a.json", "a")), Set.of(),
                List.of(), Fakes.usual(), Map.of(), new MaterialFolder(Path.of("conf")), Instant.now()), null);
    }
}
