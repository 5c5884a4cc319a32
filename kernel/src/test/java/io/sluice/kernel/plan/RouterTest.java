package io.sluice.kernel.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.config.MaterialFolder;
import io.sluice.kernel.config.SettingsReader;
import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.problem.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Server names and application protocols, from definitions to the service that is chosen. */
class RouterTest {

    private final List<RawService> raw = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
            "exact.example.com, exact",
            "other.example.com, wild",
            "deep.other.example.com, default",
            "example.com, default",
            "*.example.com, default",
            "elsewhere.org, default",
            "com, default",
            ", default"})
    void exactThenOneLabelThenTheDefault(String name, String expected) throws BadJson {
        service("exact", "exact.example.com", "");
        service("wild", "*.example.com", "");
        service("default", "", "");
        assertThat(route(name, List.of())).isEqualTo(expected);
    }

    @Test
    void withoutADefaultAnUnknownNameReachesNobody() throws BadJson {
        service("a", "a.example.com", "");
        service("b", "b.example.com", "");
        assertThat(route("c.example.com", List.of())).isEqualTo("nobody");
        assertThat(route(null, List.of())).isEqualTo("nobody");
    }

    @Test
    void theOnlyServiceTakesClientsWithoutANameButNotThoseWithAnother() throws BadJson {
        service("a", "a.example.com", "");
        assertThat(route(null, List.of())).isEqualTo("a");
        assertThat(route("b.example.com", List.of())).isEqualTo("nobody");
    }

    @ParameterizedTest
    @CsvSource({
            "h2, web",
            "mqtt, broker",
            "'http/1.1', web",
            "x, rest",
            "x mqtt, broker",
            ", rest"})
    void withOneNameTheOfferedProtocolsDecide(String offers, String expected) throws BadJson {
        service("rest", "a.example.com", "");
        service("web", "a.example.com", "\"h2\", \"http/1.1\"");
        service("broker", "a.example.com", "\"mqtt\"");
        assertThat(route("a.example.com", offers == null ? List.of() : List.of(offers.split(" ")))).isEqualTo(expected);
    }

    @Test
    void aClientThatOffersNothingGetsTheFirstOfThoseThatList() throws BadJson {
        service("web", "a.example.com", "\"h2\"");
        service("broker", "a.example.com", "\"mqtt\"");
        assertThat(route("a.example.com", List.of())).isEqualTo("web");
        assertThat(route(null, List.of("mqtt"))).isEqualTo("broker");
    }

    @Test
    void listsThatMeetAreAConflict() throws BadJson {
        service("web", "a.example.com", "\"h2\", \"x\"");
        service("broker", "a.example.com", "\"mqtt\", \"x\"");
        assertThat(plan().services()).isEmpty();
        assertThat(plan().problems()).extracting(Problem::message).hasSize(2)
                .allMatch(message -> message.startsWith("domain a.example.com twice on port 7443"));
    }

    private String route(String name, List<String> offers) throws BadJson {
        Plan plan = plan();
        assertThat(plan.problems()).isEmpty();
        return plan.listeners().get(0).router().route(Optional.ofNullable(name), offers)
                .map(service -> service.info().id()).orElse("nobody");
    }

    private Plan plan() throws BadJson {
        return Planner.plan(new PlanInput(SettingsReader.read(JsonReader.read("sluice.json",
                "{ \"disable_ports_whitelist\": true }", Optional.empty()), problem -> { }).value(), raw, Set.of(), List.of(),
                Fakes.catalog(new Carrier(), new Fakes.PlainUpstream(), new Fakes.FirstBalancer()), Map.of(),
                new MaterialFolder(Path.of("conf")), Instant.now()), null).plan();
    }

    private void service(String id, String domain, String alpn) throws BadJson {
        raw.add(new RawService((JsonObject) JsonReader.read(id + ".json", "{ \"api_id\": \"" + id + "\", \"name\": \"" + id
                + "\", \"listen_port\": 7443, \"domain\": \"" + domain + "\", \"proxy\": { \"target_url\": \"h:1\" },"
                + " \"protocol\": { \"name\": \"carrier\", \"alpn\": [" + alpn + "] } }", Optional.empty()), id + ".json", id));
    }
}
