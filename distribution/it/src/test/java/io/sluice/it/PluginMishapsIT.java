package io.sluice.it;

import static io.sluice.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jars that get into each other's way, vanish or do not fit, and plugins that are taken away by force, all in use. */
class PluginMishapsIT extends AdminOpen {

    private static final SwapKind LAYER = SwapKind.LAYER;

    private final AtomicInteger probes = new AtomicInteger();
    private final List<BackAndForth> others = new ArrayList<>();
    private EchoServer probed;
    private int port;
    private int other;

    @BeforeEach
    void serve() throws Exception {
        probed = new EchoServer(socket -> {
            try (socket) {
                if (socket.getInputStream().read() >= 0) {
                    probes.incrementAndGet();
                }
            }
        });
        port = Gateway.freePort();
        other = Gateway.freePort();
        PluginJar.put(jar(LAYER.plugin()), LAYER.jar("1"));
        gateway.service("other", Gateway.tcp("other", other, server.address()))
                .service(LAYER.plugin(), definition(LAYER, port));
        gateway.awaitReady("both are open", ready -> ready.get("listeners").size() == 2 && ready.get("problems").isEmpty());
        for (int i = 0; i < 4; i++) {
            others.add(BackAndForth.over(other));
        }
    }

    @AfterEach
    void end() throws Exception {
        for (BackAndForth one : others) {
            one.close();
        }
        probed.close();
    }

    @Test
    void ofTwoJarsWithOneNameTheHigherVersionServesAndTheLowerOneComesBack() throws Exception {
        try (Socket held = greeted('1')) {
            Path higher = base.resolve("plugins/another-file.jar");
            Path lower = jar(LAYER.plugin());
            Path made = Files.write(base.resolve("made.jar"), LAYER.jar("2"));
            PluginJar.put(higher, PluginJar.version(made, "1.0.1"));
            awaitState(lower, "SUPERSEDED");
            assertThat(state(higher)).isEqualTo("ACTIVE");
            assertThat(plugin(lower).get("reason").asText()).contains("another-file.jar serves");
            greeted('2').close();
            Files.delete(higher);
            awaitState(lower, "ACTIVE");
            greeted('1').close();

            // which of the two is meant nobody can know: the first by its file's name serves, and the other is named
            PluginJar.put(higher, LAYER.jar("2"));
            awaitState(lower, "REJECTED");
            assertThat(plugin(lower).get("reason").asText())
                    .contains("has the name and the version of").contains("another-file.jar");
            gateway.awaitReady("the twin is named", ready -> ready.get("problems").toString().contains("the name and the version of"));
            greeted('2').close();
            assertThat(NamedServer.isAlive(held)).isTrue();
        }
        assertThatOthersWentOn();
    }

    @Test
    void jarOfAPluginInUseIsMissedTrafficGoesOnAndUnloadingEndsIt() throws Exception {
        try (Socket held = greeted('1')) {
            Files.delete(jar(LAYER.plugin()));
            gateway.awaitReady("it is missed", ready -> ready.get("problems").findValuesAsText("code").contains("plugin_missing_file"));
            assertThat(named(LAYER.plugin())).extracting(one -> one.get("state").asText()).containsExactly("MISSING_FILE");
            assertThat(NamedServer.isAlive(held)).isTrue();
            try (Socket fresh = greeted('1')) {
                assertThat(NamedServer.isAlive(fresh)).isTrue();
                // what else changes has no part in it
                assertThat(admin.send("POST", "/v1/reload", null).status()).isEqualTo(200);
                assertThat(NamedServer.isAlive(fresh)).isTrue();

                Gateway.Result unloaded = gateway.command("plugins", "unload", LAYER.plugin(), "--admin", admin.url,
                        "--key-file", base.resolve("data/admin-secret").toString());
                assertThat(unloaded.exit()).as(unloaded.err()).isZero();
                assertThat(held.getInputStream().read()).isEqualTo(-1);
                assertThat(fresh.getInputStream().read()).isEqualTo(-1);
            }
        }
        assertThat(admin.get("/v1/services/" + LAYER.plugin()).json().get("state").asText()).isEqualTo("refused");
        assertThat(NamedServer.whoIsAt(port)).isEqualTo('-');
        await().until(() -> named(LAYER.plugin()).isEmpty());
        PluginJar.put(jar(LAYER.plugin()), LAYER.jar("2"));
        gateway.awaitReady("it is back", ready -> ready.get("listeners").size() == 2 && ready.get("problems").isEmpty());
        greeted('2').close();
        assertThatOthersWentOn();
    }

    @Test
    void pluginsThatAreUnloadedUnderLoadTakeNothingAlongButWhatNeedsThem() throws Exception {
        int checked = Gateway.freePort();
        PluginJar.put(jar(SwapKind.HEALTH.plugin()), SwapKind.HEALTH.jar("1"));
        gateway.service(SwapKind.HEALTH.plugin(), definition(SwapKind.HEALTH, checked));
        gateway.awaitReady("all are open", ready -> ready.get("listeners").size() == 3 && ready.get("problems").isEmpty());
        await().until(() -> probes.get() > 0);
        try (Socket held = greeted('1')) {
            assertThat(admin.send("DELETE", "/v1/plugins/" + SwapKind.HEALTH.plugin(), null).status()).isEqualTo(200);
            assertThat(open()).containsExactlyInAnyOrder("127.0.0.1:" + port, "127.0.0.1:" + other);
            assertThat(admin.get("/v1/targets").json().findValuesAsText("service")).doesNotContain(SwapKind.HEALTH.plugin());
            assertThat(NamedServer.isAlive(held)).as("what does not need it").isTrue();

            assertThat(admin.send("DELETE", "/v1/plugins/" + LAYER.plugin(), null).status()).isEqualTo(200);
            assertThat(held.getInputStream().read()).isEqualTo(-1);
            assertThat(open()).containsExactly("127.0.0.1:" + other);
            // those that were under way may still arrive, and then in a second of ten probes there is none
            AtomicInteger seen = new AtomicInteger(-1);
            await("no probe comes any more").pollInterval(Duration.ofSeconds(1)).until(() ->
                    seen.getAndSet(probes.get()) == probes.get());
        }
        for (SwapKind kind : List.of(LAYER, SwapKind.HEALTH)) {
            assertThat(admin.get("/v1/services/" + kind.plugin()).json().get("state").asText()).isEqualTo("refused");
        }
        assertThatOthersWentOn();
    }

    @Test
    void definitionInUseThatDoesNotFitNewCodeKeepsTheOldUntilItIsChanged() throws Exception {
        try (Socket held = greeted('1')) {
            PluginJar.put(jar(LAYER.plugin()), LAYER.jar("misfit"));
            gateway.awaitReady("it is named", ready -> ready.get("problems").findValuesAsText("code").contains("plugin_does_not_fit"));
            JsonNode problems = gateway.ready().get("problems");
            assertThat(problems.findValuesAsText("message")).as("why").anyMatch(message -> message.contains("phrase is missing"));
            assertThat(problems.findValuesAsText("message")).as("what follows")
                    .anyMatch(message -> message.startsWith("the definition of \"" + LAYER.plugin() + "\" does not fit " + LAYER.plugin()
                            + " 1.0.0 (generation 2)") && message.endsWith("it goes on with " + LAYER.plugin() + " 1.0.0 (generation 1)"));
            greeted('1').close();
            assertThat(NamedServer.isAlive(held)).isTrue();

            gateway.service(LAYER.plugin(), definition(LAYER, port).replace("\"word\"", "\"phrase\""));
            gateway.awaitReady("it fits", ready -> ready.get("problems").isEmpty());
            greeted('m').close();
            assertThat(NamedServer.isAlive(held)).as("what began on the old code").isTrue();
        }
        assertThatOthersWentOn();
    }

    private String definition(SwapKind kind, int at) {
        return kind.definition(at, server.address(), server.address(), server.address(), probed.address());
    }

    private Path jar(String name) {
        return base.resolve("plugins/" + name + ".jar");
    }

    /** A connection that is served by the layer, which begins with the first letter of its version. */
    private Socket greeted(char version) throws IOException {
        Socket socket = Gateway.connect(port);
        assertThat((char) socket.getInputStream().read()).isEqualTo(version);
        // the others of a longer word
        socket.getInputStream().skipNBytes(version == 'm' ? "isfit".length() : 0);
        return socket;
    }

    private List<String> open() throws IOException, InterruptedException {
        return admin.get("/v1/listeners").json().findValuesAsText("address");
    }

    private List<JsonNode> named(String name) throws IOException, InterruptedException {
        List<JsonNode> found = new ArrayList<>();
        admin.get("/v1/plugins").json().get("items").forEach(one -> {
            if (one.get("name").asText().equals(name)) {
                found.add(one);
            }
        });
        return found;
    }

    private JsonNode plugin(Path file) throws IOException, InterruptedException {
        return named(LAYER.plugin()).stream().filter(one -> one.get("file").asText().endsWith("/" + file.getFileName()))
                .findFirst().orElseThrow();
    }

    private String state(Path file) throws IOException, InterruptedException {
        return plugin(file).get("state").asText();
    }

    private void awaitState(Path file, String state) {
        await(file + " is " + state).ignoreExceptions().until(() -> state(file).equals(state));
    }

    /** Not one of them has missed a byte, and they were busy meanwhile. */
    private void assertThatOthersWentOn() throws Exception {
        for (BackAndForth one : others) {
            long before = one.rounds();
            await().until(() -> one.failure() != null || one.rounds() > before);
            assertThat(one.failure()).isNull();
        }
        try (Socket fresh = Gateway.connect(other)) {
            fresh.getOutputStream().write("ping".getBytes(StandardCharsets.US_ASCII));
            assertThat(fresh.getInputStream().readNBytes(4)).asString(StandardCharsets.US_ASCII).isEqualTo("ping");
        }
    }
}
