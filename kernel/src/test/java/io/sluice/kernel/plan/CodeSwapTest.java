package io.sluice.kernel.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.config.MaterialFolder;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.config.SettingsReader;
import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.problem.Problem;
import io.sluice.spi.config.ConfigField;
import io.sluice.spi.config.Findings;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.protocol.ClientLayer;
import io.sluice.spi.protocol.ClientProtocol;
import io.sluice.spi.protocol.ListenerView;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The code of a plugin is replaced, and not every definition fits the new one. */
class CodeSwapTest {

    private final Map<String, String> files = new LinkedHashMap<>();
    private PlanResult before;
    private long generation = 1;
    private String dislikes = "nothing";

    /** A layer that refuses to see what another generation of it has prepared. */
    private record Lock(long generation, String dislikes) implements ClientProtocol<Lock.Config, String> {

        record Config(String word) {
        }

        @Override
        public String name() {
            return "lock";
        }

        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public List<ConfigField> fields() {
            return List.of(ConfigField.value("word", "word"));
        }

        @Override
        public boolean tellsServerName() {
            return true;
        }

        @Override
        public String prepare(Config config, ServiceInfo service, Findings findings) {
            if (dislikes.equals(config.word())) {
                findings.error("word", "word: " + config.word() + " (expected: another)", "");
            }
            return "prepared by " + generation;
        }

        @Override
        public ClientLayer layer(ListenerView<String> listener) {
            listener.services().forEach(one -> {
                if (!one.prepared().equals("prepared by " + generation)) {
                    throw new ClassCastException(one.prepared());
                }
            });
            return connection -> connection.proceed();
        }
    }

    @BeforeEach
    void twoServicesShareAPort() {
        files.put("a", service("a", "sesame", ""));
        files.put("b", service("b", "thyme", ""));
    }

    @Test
    void brokenDefinitionKeepsItsLastGoodStateOnTheNewCode() throws Exception {
        Plan first = plan();
        files.put("a", service("a", "sesame", ", \"listen_address\": \"nowhere\""));
        assertThat(plan().services().get("a")).isSameAs(first.services().get("a"));

        generation = 2;
        Plan plan = plan();

        assertThat(generations(plan)).containsExactly(2L);
        assertThat(plan.services()).containsOnlyKeys("a", "b");
        assertThat(codes(plan)).containsExactly("listen_address");
        assertThat(plan().revision()).as("the same again").isEqualTo(plan.revision());
    }

    @Test
    void definitionThatClaimsWhatAnotherHasGoesOnOnTheNewCode() throws Exception {
        plan();
        String rival = service("a", "sesame", "").replace("a.example", "b.example");
        files.put("a", rival);
        assertThat(codes(plan())).containsExactly("conflict");

        generation = 2;
        Plan plan = plan();

        assertThat(codes(plan)).containsExactly("conflict");
        assertThat(generations(plan)).containsExactly(2L);
        assertThat(plan.services()).containsOnlyKeys("a", "b");
        assertThat(plan.services().get("a").info().domain()).isEqualTo("a.example");
        assertThat(plan().revision()).as("the same again").isEqualTo(plan.revision());
    }

    @Test
    void definitionThatDoesNotFitKeepsItsOldCodeAndTheJarIsNamed() throws Exception {
        files.remove("b");
        Plan first = plan();
        generation = 2;
        dislikes = "sesame";

        Plan plan = plan();

        assertThat(plan.listeners()).isEqualTo(first.listeners());
        Problem problem = plan.problems().get(1);
        assertThat(problem.code()).isEqualTo("plugin_does_not_fit");
        assertThat(problem.message()).isEqualTo("the definition of \"a\" does not fit locks 1 (generation 2) in locks.jar:"
                + " it goes on with locks 1 (generation 1)");
        assertThat(problem.hint()).contains("put the earlier jar back instead of locks.jar");
        dislikes = "nothing";
        generation = 3;
        Plan mended = plan();
        assertThat(mended.problems()).isEmpty();
        assertThat(generations(mended)).containsExactly(3L);
    }

    @Test
    void servicesOfOnePortNeverRunOnTwoGenerationsOfALayer() throws Exception {
        Plan first = plan();
        generation = 2;
        dislikes = "sesame";
        files.put("c", service("c", "basil", ""));

        Plan plan = plan();

        assertThat(plan.listeners()).isEqualTo(first.listeners());
        assertThat(plan.services()).isEqualTo(first.services());
        assertThat(codes(plan)).contains("plugin_does_not_fit").filteredOn("plugin_held_back"::equals).hasSize(2);
        assertThat(plan.problems()).filteredOn(one -> one.service().equals("c")).singleElement()
                .matches(one -> one.hint().contains("it does not run until \"a\" (a.json) fits"));
        files.put("a", service("a", "rosemary", ""));
        Plan mended = plan();
        assertThat(mended.problems()).isEmpty();
        assertThat(mended.services()).containsOnlyKeys("a", "b", "c");
        assertThat(generations(mended)).containsExactly(2L);
    }

    private static List<String> codes(Plan plan) {
        return plan.problems().stream().map(Problem::code).toList();
    }

    private static List<Long> generations(Plan plan) {
        return plan.listeners().get(0).generations().stream().map(one -> one.number()).toList();
    }

    private static String service(String id, String word, String more) {
        return "{ \"api_id\": \"" + id + "\", \"name\": \"" + id + "\", \"listen_port\": 6379, \"protocol\": \"lock\", \"domain\": \""
                + id + ".example\", \"word\": \"" + word + "\", \"proxy\": { \"target_url\": \"127.0.0.1:1\" }" + more + " }";
    }

    private Plan plan() throws BadJson {
        Settings settings = SettingsReader.read(JsonReader.read("", "{ \"disable_ports_whitelist\": true }", Optional.empty()),
                p -> { }).value();
        List<RawService> definitions = files.entrySet().stream().map(entry -> {
            try {
                return new RawService((JsonObject) JsonReader.read(entry.getKey() + ".json", entry.getValue(), Optional.empty()),
                        entry.getKey() + ".json", "");
            } catch (BadJson e) {
                throw new AssertionError(e);
            }
        }).toList();
        var catalog = Fakes.catalog(new Fakes.FakeGeneration("locks", generation), new Lock(generation, dislikes),
                new Fakes.PlainUpstream(), new Fakes.FirstBalancer());
        before = Planner.plan(new PlanInput(settings, definitions, Set.of(), List.of(), catalog, Map.of(),
                new MaterialFolder(Path.of("conf")), Instant.now()), before);
        return before.plan();
    }
}
