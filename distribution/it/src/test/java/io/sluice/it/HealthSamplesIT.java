package io.sluice.it;

import static io.sluice.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples' health commands, dropped into a running gateway: the definition that waits for them comes up, and steers. */
class HealthSamplesIT {

    @TempDir
    Path base;

    private Gateway gateway;
    private int port;

    @BeforeEach
    void prepare() throws IOException {
        gateway = Gateway.on(base);
        port = Gateway.freePort();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void commandInAPlainJarSteers() throws Exception {
        try (Greeter replica = new Greeter("*5\r\n$5\r\nslave\r\n$9\r\n127.0.0.1\r\n:1\r\n$9\r\nconnected\r\n:0\r\n");
                Greeter master = new Greeter("*3\r\n$6\r\nmaster\r\n:0\r\n*0\r\n")) {
            comesUpAndSteers("health-command-redis-role", "{ \"name\": \"redis_role_simple\" }", replica, master);
        }
    }

    @Test
    void commandInABundleSteers() throws Exception {
        try (Greeter short1 = new Greeter("220-hello\r\n220 rea");
                Greeter whole = new Greeter("220-hello\r\n220 ready\r\n")) {
            comesUpAndSteers("health-command-lines-bundle", "{ \"name\": \"expect_lines\", \"count\": 2 }", short1, whole);
        }
    }

    @Test
    void sentinelDefinitionsPassTheCheckAndTheWrongWordOfThePageIsNamed() throws Exception {
        Path folder = Gateway.HOME.resolve("samples/redis-sentinel");
        gateway.service("redis", Files.readString(folder.resolve("redis-sentinel.json")));
        Gateway.Result page = gateway.command("check", "--base", base.toString());
        gateway.service("redis", Files.readString(folder.resolve("redis-sentinel-improved.json")));
        Gateway.Result improved = gateway.command("check", "--base", base.toString());

        assertThat(page.exit()).as(page.out() + page.err()).isZero();
        assertThat(page.out() + page.err()).contains("\"+OK\" is what a server would answer", "expect was probably meant",
                "0 errors, 2 warnings, 1 services");
        assertThat(improved.out() + improved.err()).contains("0 errors, 0 warnings, 1 services");
    }

    @Test
    void everyRecipeOfTheCookbookPassesTheCheck() throws Exception {
        Matcher recipes = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL).matcher(
                Files.readString(Gateway.HOME.resolve("docs/cookbook.md")));
        int count = 0;
        for (; recipes.find(); count++) {
            gateway.service("recipe-" + count, recipes.group(1).replace("${PROBE_PASSWORD}", "secret"));
        }
        Gateway.Result result = gateway.command("check", "--base", base.toString());

        assertThat(count).isGreaterThan(5);
        assertThat(result.out() + result.err()).contains("0 errors, 0 warnings, " + count + " services");
    }

    private void comesUpAndSteers(String sample, String command, Greeter wrong, Greeter right) throws Exception {
        gateway.service("checked", """
                { "name": "checked", "listen_port": %d, "protocol": "tcp",
                  "proxy": { "target_list": [ "127.0.0.1:%d", "127.0.0.1:%d" ], "enable_load_balancing": true,
                    "check_host_against_uptime_tests": true },
                  "uptime_tests": { "config": { "interval": "3s", "timeout": "3s" },
                    "default_check": { "commands": [ %s ] } } }
                """.formatted(port, wrong.port(), right.port(), command))
                .service("other", Gateway.tcp("other", Gateway.freePort(), "127.0.0.1:" + right.port())).start();
        assertThat(gateway.ready().get("problems").toString()).contains("is not installed");
        assertThat(gateway.ready().get("listeners")).hasSize(1);

        Path jar = PluginJar.sample(sample);
        Files.copy(jar, base.resolve("plugins").resolve(jar.getFileName()));

        gateway.awaitReady("the definition comes up by itself", ready -> ready.get("problems").isEmpty());
        await().ignoreExceptions().until(() -> greeting().equals(right.greeting));
        for (int i = 0; i < 20; i++) {
            assertThat(greeting()).isEqualTo(right.greeting);
        }
    }

    private String greeting() throws IOException {
        try (Socket socket = Gateway.connect(port)) {
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    /** Greets everyone, and goes when its client does. */
    private static final class Greeter implements AutoCloseable {

        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final String greeting;

        Greeter(String greeting) throws IOException {
            this.greeting = greeting;
            Thread accepting = new Thread(() -> {
                while (!socket.isClosed()) {
                    try {
                        Socket client = socket.accept();
                        Thread serving = new Thread(() -> greet(client));
                        serving.setDaemon(true);
                        serving.start();
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            accepting.setDaemon(true);
            accepting.start();
        }

        private void greet(Socket client) {
            try (client) {
                client.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
                client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            } catch (IOException e) {
                // the client went first
            }
        }

        int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
