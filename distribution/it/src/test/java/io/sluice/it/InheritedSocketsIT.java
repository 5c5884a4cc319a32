package io.sluice.it;

import static io.sluice.it.EchoServer.echoes;
import static io.sluice.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose listening sockets a parent holds, as systemd does. */
@Tag("jdk")
class InheritedSocketsIT {


    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int port = Gateway.freePort();
    private final int second = Gateway.freePort();

    InheritedSocketsIT() throws IOException {
    }

    @BeforeAll
    static void aParentThatHoldsSocketsCanRun() {
        Assumptions.assumeTrue(System.getProperty("os.name").equals("Linux"), "only Linux has the protocol");
        Assumptions.assumeTrue(hasPython(), "a parent that holds sockets needs python3, which is not here");
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void aRestartLosesNoConnection(@TempDir Path base) throws Exception {
        try (EchoServer echo = new EchoServer(EchoServer.ECHO); Gateway gateway = Gateway.on(base)
                .below(holder(port)).service("a", Gateway.tcp("a", port, echo.address())).start()) {
            long first = gateway.ready().get("pid").asLong();
            assertThat(environment(first)).noneMatch(variable -> variable.startsWith("LISTEN_"));
            AtomicBoolean enough = new AtomicBoolean();
            AtomicInteger served = new AtomicInteger();
            List<CompletableFuture<Void>> clients = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> comeAndGo(enough, served), threads)).toList();
            await().until(() -> served.get() > 100);

            signal("TERM", first);
            await().until(() -> !ProcessHandle.of(first).map(ProcessHandle::isAlive).orElse(false));
            try (Socket between = Gateway.connect(port)) {
                assertThat(echoes(between)).isTrue();
            }
            int before = served.get();
            await().until(() -> served.get() > before + 100);
            enough.set(true);

            assertThat(clients).allSatisfy(client -> assertThat(client).succeedsWithin(Patience.LIMIT));
            gateway.awaitReady("the second gateway", ready -> ready.get("pid").asLong() != first);
            assertThat(gateway.stderr()).contains("listening on 127.0.0.1:" + port + " by the inherited socket 127.0.0.1:" + port);
        }
    }

    @Test
    void aSocketThatNoServiceMayHaveIsNamedAndServesOnceOneMay(@TempDir Path base) throws Exception {
        String settings = "{ \"admin\": { \"address\": \"off\" }, \"listen_address\": \"127.0.0.1\","
                + " \"ports_whitelist\": { \"tcp\": { \"ports\": [%s] } } }";
        try (EchoServer echo = new EchoServer(EchoServer.ECHO); Gateway gateway = Gateway.on(base)
                .settings(settings.formatted(port)).below(holder(port, second))
                .service("a", Gateway.tcp("a", port, echo.address())).service("b", Gateway.tcp("b", second, echo.address())).start();
                Socket waiting = Gateway.connect(second)) {
            assertThat(messages(gateway.ready())).anyMatch(message -> message.startsWith("tcp:" + second + " is not allowed"))
                    .anyMatch(message -> message.startsWith("no service listens on the inherited socket 127.0.0.1:" + second));
            try (Socket allowed = Gateway.connect(port)) {
                assertThat(echoes(allowed)).isTrue();
            }

            gateway.settings(settings.formatted(port + ", " + second));

            assertThat(echoes(waiting)).isTrue();
            gateway.awaitReady("no problem is left", ready -> ready.get("problems").isEmpty());
        }
    }

    @Test
    void theAdminApiAnswersOnASocketThatTheParentHolds(@TempDir Path base) throws Exception {
        try (Gateway gateway = Gateway.on(base).with("\"admin\": { \"address\": \"127.0.0.1:" + port + "\" }")
                .below(holder(port)).start()) {
            long first = gateway.ready().get("pid").asLong();
            assertThat(gateway.ready().get("problems").isEmpty()).isTrue();
            assertThat(gateway.ready().get("admin").asText()).isEqualTo("http://127.0.0.1:" + port);
            assertThat(gateway.stderr()).contains("the admin API listens on 127.0.0.1:" + port + " by the inherited socket");
            assertThat(Admin.of(gateway).get("/v1/status").status()).isEqualTo(200);

            Path shipped = PluginJar.shipped().stream().filter(jar -> jar.getFileName().toString().startsWith("admin-http"))
                    .findFirst().orElseThrow();
            PluginJar.put(base.resolve("plugins/admin-http-9.0.0.jar"), PluginJar.version(shipped, "9.0.0"));
            // a server that leaves may go without an answer, or ask to come again
            await().ignoreExceptionsInstanceOf(IOException.class).until(() -> {
                Admin.Answer plugins = Admin.of(gateway).get("/v1/plugins");
                if (plugins.status() == 503 && !plugins.header("retry-after").isEmpty()) {
                    return false;
                }
                assertThat(plugins.status()).as("while the server is replaced, too").isEqualTo(200);
                return plugins.response().body().contains("\"9.0.0\"") && !plugins.response().body().contains("DRAINING");
            });

            Admin between = Admin.of(gateway);
            signal("TERM", first);
            await().until(() -> !ProcessHandle.of(first).map(ProcessHandle::isAlive).orElse(false));
            assertThat(between.get("/v1/status").status()).as("of the next gateway").isEqualTo(200);
            gateway.awaitReady("the second gateway", ready -> ready.get("pid").asLong() != first);
        }
    }

    /** Connects again and again; ends with the first connection that is not served. */
    private void comeAndGo(AtomicBoolean enough, AtomicInteger served) {
        while (!enough.get()) {
            try (Socket client = Gateway.connect(port)) {
                assertThat(echoes(client)).isTrue();
                served.incrementAndGet();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static List<String> messages(JsonNode ready) {
        return ready.get("problems").findValuesAsText("message");
    }

    private static List<String> environment(long pid) throws IOException {
        return List.of(Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1).split("\0"));
    }

    private static List<String> holder(Integer... ports) throws Exception {
        String script = Path.of(InheritedSocketsIT.class.getResource("/hold-sockets.py").toURI()).toString();
        return List.of("python3", script, String.join(",", List.of(ports).stream().map(String::valueOf).toList()));
    }

    private static boolean hasPython() {
        try {
            return new ProcessBuilder("python3", "-c", "import os; os.waitstatus_to_exitcode").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor()).isZero();
    }
}
