package io.sluice.it;

import static io.sluice.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin of each kind, replaced by code that does another thing, and by code that does not work. */
class SwapIT {

    @TempDir
    Path base;

    private final AtomicInteger probed = new AtomicInteger();
    private final Map<SwapKind, Integer> ports = new LinkedHashMap<>();
    private NamedServer one;
    private NamedServer two;
    private EchoServer health;
    private EchoServer echo;
    private Gateway gateway;
    private Admin api;

    @BeforeEach
    void start() throws Exception {
        one = new NamedServer('1');
        two = new NamedServer('2');
        echo = new EchoServer(EchoServer.ECHO);
        health = new EchoServer(socket -> {
            try (socket) {
                probed.set(socket.getInputStream().read());
            }
        });
        gateway = Gateway.on(base).with("\"plugins\": { \"poll\": \"50ms\" }", "\"admin\": { \"address\": \"127.0.0.1:0\" }",
                "\"plugin_settings\": { \"swap_observer\": { \"word\": \"" + base.resolve("observed") + "\" },"
                        + " \"swap_resource\": { \"word\": \"w\" } }");
        for (SwapKind kind : SwapKind.values()) {
            ports.put(kind, Gateway.freePort());
            gateway.service(kind.plugin(), kind.definition(ports.get(kind), one.address(), two.address(), echo.address(), health.address()));
        }
        drop("1");
        gateway.start();
        api = Admin.of(gateway);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        one.close();
        two.close();
        echo.close();
        health.close();
    }

    private void drop(String version) throws IOException {
        for (SwapKind kind : SwapKind.values()) {
            PluginJar.put(jar(kind), kind.jar(version));
        }
    }

    private Path jar(SwapKind kind) {
        return base.resolve("plugins/" + kind.plugin() + ".jar");
    }

    @Test
    void newConnectionsUseNewCodeAndCodeThatDoesNotWorkKeepsTheOld() throws Exception {
        awaitAll("1");
        Map<SwapKind, Socket> held = new LinkedHashMap<>();
        for (SwapKind kind : SwapKind.values()) {
            if (kind.connects()) {
                Socket socket = Gateway.connect(ports.get(kind));
                assertThat(socket.getInputStream().read()).isEqualTo('1');
                held.put(kind, socket);
            }
        }

        drop("2");
        awaitAll("2");
        for (SwapKind kind : held.keySet()) {
            assertThat(users(kind, "DRAINING")).as("%s: users of the old code", kind).isPositive();
            assertThat(NamedServer.isAlive(held.get(kind))).as("%s: the old connection", kind).isTrue();
            held.get(kind).close();
        }
        for (SwapKind kind : SwapKind.values()) {
            await(kind + " is gone").until(() -> users(kind, "DRAINING") < 0);
        }
        long loaders = PluginJar.shipped().size() + SwapKind.values().length;
        await().pollInterval(Duration.ofSeconds(1)).untilAsserted(() ->
                assertThat(PluginLoaders.alive(gateway)).as("class loaders in memory").isEqualTo(loaders));

        for (String broken : List.of("throws", "misfit", "damaged", "renamed")) {
            for (SwapKind kind : SwapKind.values()) {
                PluginJar.put(jar(kind), kind.jar(broken));
            }
            for (SwapKind kind : SwapKind.values()) {
                // what only the settings configure is another one with another name: nobody misses the old one
                boolean vanishes = broken.equals("renamed") && !kind.isDefined();
                if (!vanishes) {
                    gateway.awaitReady(kind + " " + broken + " is a problem", ready -> isNamed(ready, kind));
                }
            }
            for (SwapKind kind : SwapKind.values()) {
                if (kind.isDefined() || !broken.equals("renamed")) {
                    await(kind + " while its jar is " + broken).pollDelay(Duration.ZERO)
                            .until(() -> seen(kind).equals("2"));
                }
            }
        }
        drop("2");
        gateway.awaitReady("no problem is left", ready -> ready.get("problems").isEmpty());
        awaitAll("2");
    }

    /** A problem with the jar's name, and what to do next. */
    private static boolean isNamed(JsonNode ready, SwapKind kind) {
        for (JsonNode problem : ready.get("problems")) {
            if (problem.get("message").asText().contains(kind.plugin() + ".jar") && !problem.get("hint").asText().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private void awaitAll(String version) {
        for (SwapKind kind : SwapKind.values()) {
            await(kind + " " + version).pollInterval(Duration.ofMillis(50)).ignoreExceptions()
                    .until(() -> seen(kind).equals(version));
        }
    }

    /** The version of the code that a new connection meets. */
    private String seen(SwapKind kind) throws IOException {
        return switch (kind) {
            // the second one refuses everybody
            case ACCESS -> NamedServer.whoIsAt(ports.get(kind)) == '-' ? "2" : "1";
            case HEALTH -> String.valueOf((char) probed.get());
            case RESOURCE -> api.get("/swapped").response().body();
            case OBSERVER -> {
                Gateway.connect(ports.get(kind)).close();
                yield Files.readString(base.resolve("observed"));
            }
            default -> String.valueOf(NamedServer.whoIsAt(ports.get(kind)));
        };
    }

    /** How many hold a plugin's code that is in a state; -1 if there is none. */
    private long users(SwapKind kind, String state) throws IOException {
        long users = -1;
        for (JsonNode plugin : api.json("GET", "/v1/plugins?limit=100").get("items")) {
            if (plugin.get("name").asText().equals(kind.plugin()) && plugin.get("state").asText().equals(state)) {
                users = plugin.get("users").asLong();
            }
        }
        return users;
    }
}
