package io.sluice.kernel.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.config.MaterialFolder;
import io.sluice.kernel.config.SettingsReader;
import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A definition is compiled again when something about it has changed, and only then. */
class ReuseTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir
    private Path conf;
    private final Carrier carrier = new Carrier();
    private final ExtensionCatalog catalog = Fakes.catalog(carrier, new Fakes.PlainUpstream(), new Fakes.FirstBalancer());
    private MaterialFolder folder;
    private String settings = "{ \"disable_ports_whitelist\": true }";
    private PlanResult before;

    @BeforeEach
    void makeFolder() {
        folder = new MaterialFolder(conf);
    }

    @Test
    void oneOfAThousandChanges() throws Exception {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add(service("s" + i, 1000 + i, "\"alpn\": [\"a\"]"));
        }
        Plan first = plan(NOON, many);
        many.set(500, service("s500", 1500, "\"alpn\": [\"b\"]"));
        carrier.prepared.clear();
        Plan second = plan(NOON, many);
        assertThat(carrier.prepared).containsExactly("s500");
        assertThat(second.services().get("s499")).isSameAs(first.services().get("s499"));
        assertThat(second.services().get("s500")).isNotSameAs(first.services().get("s500"));
    }

    @Test
    void aDefinitionThatMovedWithinItsFileIsNotCompiledAgain() throws Exception {
        Plan first = plan(NOON, List.of(service("a", 7001, "\"alpn\": []"), service("b", 7002, "\"alpn\": []")));
        carrier.prepared.clear();
        Plan second = plan(NOON, List.of(service("b", 7002, "\"alpn\": []")));
        assertThat(carrier.prepared).isEmpty();
        assertThat(second.services().get("b")).isSameAs(first.services().get("b"));
    }

    @Test
    void aMovedDefinitionWithAProblemSaysItsNewPlace() throws Exception {
        String doubtful = service("b", 7002, "\"unknown_thing\": 1");
        plan(NOON, List.of(service("a", 7001, "\"alpn\": []"), doubtful));
        assertThat(before.plan().problems()).extracting(problem -> problem.place().line()).containsExactly(2);
        assertThat(plan(NOON, List.of(doubtful)).problems()).extracting(problem -> problem.place().line())
                .containsExactly(1);
    }

    @Test
    void aChangedFileCompilesTheServicesThatReferToIt() throws Exception {
        write("one.pem", "fresh");
        write("two.pem", "fresh");
        List<String> both = List.of(service("a", 7001, "\"cargo\": \"one.pem\""),
                service("b", 7002, "\"by_host\": { \"*\": \"two.pem\" }"));
        Plan first = plan(NOON, both);
        assertThat(before.plan().problems()).isEmpty();
        assertThat(first.services().get("b").files()).containsExactly(conf.resolve("two.pem"));
        write("two.pem", "fresher");
        carrier.prepared.clear();
        Plan second = plan(NOON, both);
        assertThat(carrier.prepared).containsExactly("b");
        assertThat(second.revision()).isEqualTo(2);
        assertThat(second.services().get("a")).isSameAs(first.services().get("a"));
        assertThat(second.services().get("b")).isNotSameAs(first.services().get("b"));
    }

    @Test
    void aFileThatIsOnlyTouchedChangesNothing() throws Exception {
        write("one.pem", "fresh");
        List<String> one = List.of(service("a", 7001, "\"cargo\": \"one.pem\""));
        plan(NOON, one);
        Files.setLastModifiedTime(conf.resolve("one.pem"), java.nio.file.attribute.FileTime.from(NOON));
        assertThat(plan(NOON, one).revision()).isEqualTo(1);
        assertThat(carrier.prepared).hasSize(1);
    }

    @Test
    void aFileThatSpoilsLeavesTheServiceAsItWasUntilItIsWholeAgain() throws Exception {
        write("one.pem", "fresh");
        List<String> one = List.of(service("a", 7001, "\"cargo\": [\"one.pem\"]"));
        ServicePlan running = plan(NOON, one).services().get("a");
        write("one.pem", "spoilt");
        Plan half = plan(NOON, one);
        assertThat(half.services().get("a")).isSameAs(running);
        assertThat(messages(half)).containsExactly("cargo[0]: one.pem is spoilt (expected: fresh)");
        Files.delete(conf.resolve("one.pem"));
        assertThat(plan(NOON, one).services().get("a")).isSameAs(running);
        write("one.pem", "fresh");
        Plan whole = plan(NOON, one);
        assertThat(whole.services().get("a")).isSameAs(running);
        assertThat(whole.problems()).isEmpty();
    }

    @Test
    void aMissingFileIsWaitedFor() throws Exception {
        List<String> one = List.of(service("a", 7001, "\"cargo\": \"later.pem\""));
        assertThat(plan(NOON, one).services()).isEmpty();
        assertThat(carrier.prepared).isEmpty();
        assertThat(folder.marks()).containsOnlyKeys(conf.resolve("later.pem"));
        write("later.pem", "fresh");
        assertThat(plan(NOON, one).services()).containsOnlyKeys("a");
    }

    @Test
    void whatHoldsUntilAMomentIsLookedAtAgainAfterIt() throws Exception {
        carrier.until = NOON.plusSeconds(60);
        List<String> one = List.of(service("a", 7001, "\"alpn\": []"));
        ServicePlan running = plan(NOON, one).services().get("a");
        assertThat(before.holdsUntil()).contains(NOON.plusSeconds(60));
        plan(NOON.plusSeconds(59), one);
        assertThat(carrier.prepared).hasSize(1);
        carrier.until = null;
        Plan after = plan(NOON.plusSeconds(60), one);
        assertThat(carrier.prepared).hasSize(2);
        assertThat(after.problems()).isEmpty();
        assertThat(after.services().get("a")).isSameAs(running);
        assertThat(before.holdsUntil()).isEmpty();
    }

    @Test
    void aMomentThatHasPassedIsNoReasonToLookAgain() throws Exception {
        carrier.until = NOON.minus(Duration.ofDays(1));
        plan(NOON, List.of(service("a", 7001, "\"alpn\": []")));
        assertThat(before.holdsUntil()).isEmpty();
    }

    @Test
    void anotherFolderOfCertificatesCompilesAgain() throws Exception {
        String id = "ab".repeat(32);
        Files.createDirectories(conf.resolve("certs"));
        write("certs/" + id + ".pem", "fresh");
        List<String> one = List.of(service("a", 7001, "\"cargo\": \"" + id + "\""));
        assertThat(plan(NOON, one).services()).containsOnlyKeys("a");
        settings = "{ \"disable_ports_whitelist\": true, \"certificates_path\": \"elsewhere\" }";
        assertThat(messages(plan(NOON, one))).containsExactly(
                "cargo[0]: \"" + id.substring(0, 60) + "\u2026\" (expected: the id of a certificate in elsewhere/)");
    }

    private Plan plan(Instant now, List<String> definitions) throws BadJson {
        JsonArray array = (JsonArray) JsonReader.read("all.json", "[" + String.join(",\n", definitions) + "]", Optional.empty());
        List<RawService> raw = array.elements().stream()
                .map(element -> new RawService((JsonObject) element, "all.json", "all")).toList();
        folder.planning();
        before = Planner.plan(new PlanInput(SettingsReader.read(JsonReader.read("sluice.json", settings, Optional.empty()),
                problem -> { }).value(), raw, Set.of(), List.of(), catalog, Map.of(), folder, now), before);
        return before.plan();
    }

    private void write(String file, String text) throws IOException {
        // a new file each time, as editors do it: its mark differs even within one tick of the clock
        Path fresh = Files.writeString(conf.resolve(file + ".new"), text);
        Files.move(fresh, conf.resolve(file), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<String> messages(Plan plan) {
        return plan.problems().stream().map(Problem::message).toList();
    }

    private static String service(String id, int port, String config) {
        return "{ \"api_id\": \"" + id + "\", \"name\": \"" + id + "\", \"listen_port\": " + port
                + ", \"proxy\": { \"target_url\": \"h:1\" }, \"protocol\": { \"name\": \"carrier\", " + config + " } }";
    }
}
