package io.sluice.it;

import static io.sluice.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service manager and an operator's shell do with a gateway. */
@Tag("jdk")
class OperationsIT {

    private static final String WITH_ADMIN = "{ \"listen_address\": \"127.0.0.1\", \"disable_ports_whitelist\": true,"
            + " \"admin\": { \"address\": \"127.0.0.1:0\" } }";

    @Test
    void hangupReadsTheFilesAnewAndKeepsConnections(@TempDir Path base) throws Exception {
        int port = Gateway.freePort();
        int second = Gateway.freePort();
        try (EchoServer echo = new EchoServer(EchoServer.ECHO); Gateway gateway = Gateway.on(base).service("a", Gateway.tcp("a", port, echo.address())).start();
                var client = Gateway.connect(port)) {
            client.getOutputStream().write('x');
            assertThat(client.getInputStream().read()).isEqualTo('x');

            gateway.service("b", Gateway.tcp("b", second, echo.address()));
            signal("HUP", gateway.pid());

            gateway.awaitReady("the new service", ready -> ready.get("listeners").size() == 2);
            client.getOutputStream().write('y');
            assertThat(client.getInputStream().read()).isEqualTo('y');
            // the new file is noticed without the signal too, perhaps before it
            await().until(() -> gateway.stderr().contains("reloading"));
            gateway.terminate();
            client.close();
            assertThat(gateway.exit()).isZero();
        }
    }

    @Test
    void theAccessLogLiesInTheBaseFolderAndIsReopenedWhenItIsMoved(@TempDir Path base) throws Exception {
        int port = Gateway.freePort();
        Path log = base.resolve("logs/access.log");
        try (EchoServer echo = new EchoServer(EchoServer.ECHO); Gateway gateway = Gateway.on(base)
                .with("\"access_log\": { \"file\": \"logs/access.log\" }")
                .service("a", Gateway.tcp("a", port, echo.address())).start()) {
            Gateway.connect(port).close();
            await().until(() -> Files.exists(log) && Gateway.lines(log).size() == 1);

            Path moved = Files.move(log, base.resolve("logs/access.log.1"));
            await().pollInterval(200, TimeUnit.MILLISECONDS).until(() -> {
                Gateway.connect(port).close();
                return Files.exists(log) && !Gateway.lines(log).isEmpty();
            });

            assertThat(Gateway.lines(moved)).isNotEmpty();
            assertThat(Gateway.lines(log)).allMatch(line -> line.contains("\"service\":\"a\""));
        }
    }

    @Test
    void systemdIsToldWhenTheGatewayIsReady(@TempDir Path base) throws Exception {
        Path told = base.resolve("told");
        Path bin = Files.createDirectories(base.resolve("bin"));
        Path notify = Files.writeString(bin.resolve("systemd-notify"), "#!/bin/sh\necho \"$@\" >>'" + told + "'\n");
        assertThat(notify.toFile().setExecutable(true)).isTrue();
        try (EchoServer echo = new EchoServer(EchoServer.ECHO); Gateway gateway = Gateway.on(base)
                .environment("NOTIFY_SOCKET", "/run/systemd/notify").environment("PATH", bin + ":" + System.getenv("PATH"))
                .service("a", Gateway.tcp("a", Gateway.freePort(), echo.address())).start()) {
            await().until(() -> Files.exists(told) && Gateway.lines(told).contains("--ready --status=1 of 1 listeners open"));
            gateway.terminate();
            assertThat(gateway.exit()).isZero();
        }
    }

    /** In Persian, digits are other ones. */
    @Test
    void languageOfTheMachineChangesNothing(@TempDir Path base) throws Exception {
        Gateway persian = Gateway.on(base).settings(WITH_ADMIN).withOptions("-Duser.language=fa -Duser.country=IR");
        try (EchoServer echo = new EchoServer(EchoServer.ECHO)) {
            try (Gateway gateway = persian.service("a", Gateway.tcp("a", Gateway.freePort(), echo.address())).start()) {
                assertThat(gateway.ready().get("listeners").get(0).get("state").asText()).as(gateway.stderr()).isEqualTo("open");
                String other = Gateway.tcp("b", Gateway.freePort(), echo.address());
                assertThat(Admin.of(gateway).send("PUT", "/v1/services/b", other).status()).isEqualTo(201);
            }
            try (Gateway again = persian.start()) {
                assertThat(Admin.of(again).get("/v1/history").json().get("items").findValuesAsText("action")).containsExactly("created b");
            }
        }
    }

    /** As in a container, or started by cron. */
    @Test
    void filesOfAnyNameAreWrittenWhereNoLanguageIsSet(@TempDir Path base) throws Exception {
        try (EchoServer echo = new EchoServer(EchoServer.ECHO); Gateway gateway = Gateway.on(base).settings(WITH_ADMIN).environment("LC_ALL", "C")
                .service("a", Gateway.tcp("a", Gateway.freePort(), echo.address()))) {
            // by a shell: this JVM may not be able to name it either
            assertThat(new ProcessBuilder("sh", "-c", "mv a.json \"$(printf 'gr\\303\\266\\303\\237e.json')\"")
                    .directory(base.resolve("conf/services").toFile()).start().waitFor()).isZero();
            Admin admin = Admin.of(gateway.start());
            String changed = Gateway.tcp("a", Gateway.freePort(), echo.address());
            Admin.Answer answer = admin.send("PUT", "/v1/services/a", changed, "If-Match", "*");
            assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
            assertThat(admin.get("/v1/services").json().get("items")).hasSize(1);
            assertThat(admin.get("/v1/services/a").json().get("file").asText()).isEqualTo("conf/services/gr\u00f6\u00dfe.json");
        }
    }

    @Test
    void commandsSayThatNoGatewayRuns(@TempDir Path base) throws IOException {
        Gateway gateway = Gateway.on(base);

        for (String command : List.of("status", "services", "targets", "connections", "certificates", "plugins", "reload")) {
            Gateway.Result result = gateway.command(command, "--admin", "http://127.0.0.1:1", "--base", base.toString());
            assertThat(result.exit()).as(command).isEqualTo(4);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).startsWith("sluice: no gateway answers at http://127.0.0.1:1");
        }
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor()).isZero();
    }
}
