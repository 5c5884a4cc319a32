package io.sluice.it;

import static io.sluice.it.EchoServer.echoes;
import static io.sluice.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands that talk to a running gateway, on the zip. */
class CommandsIT extends Unstarted {

    private static final ObjectMapper JSON = new ObjectMapper();

    private int port;

    @BeforeEach
    void start() throws IOException {
        port = Gateway.freePort();
        gateway.with("\"timeouts\": { \"drain\": \"1s\" }",
                        "\"admin\": { \"address\": \"127.0.0.1:" + Gateway.freePort() + "\" }")
                .service("echo", "{ \"name\": \"echo\", \"listen_port\": " + port + ", \"protocol\": \"tcp\","
                        + " \"enable_ip_blacklisting\": true, \"blacklisted_ips\": [\"192.0.2.66\"],"
                        + " \"proxy\": { \"target_url\": \"" + server.address() + "\" } }")
                .service("broken", "{ \"name\": \"broken\", \"listen_port\": 70000, \"protocol\": \"tcp\","
                        + " \"proxy\": { \"target_url\": \"" + server.address() + "\" } }").start();
    }

    @Test
    void watchThatIsEndedByCtrlCIsANormalEnd() throws Exception {
        Path out = base.resolve("watched");
        Process watch = gateway.running(out, "status", "--watch=1", "--base", base.toString());
        await().until(() -> Gateway.text(out).contains("revision"));
        assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(watch.pid())).start().waitFor()).isZero();
        await().until(() -> !watch.isAlive());
        assertThat(watch.exitValue()).isZero();
    }

    @Test
    void everyListIsATableForPeopleAndTheApisAnswerForPrograms() throws IOException {
        for (String command : List.of("status", "services", "targets", "connections", "certificates", "plugins")) {
            Gateway.Result people = sluice(command);
            Gateway.Result programs = sluice(command, "--format", "json");

            assertThat(people.exit()).as(command + people.err()).isZero();
            assertThat(people.out()).as(command).isNotBlank();
            assertThat(programs.exit()).as(command + programs.err()).isZero();
            assertThat(JSON.readTree(programs.out()).has(command.equals("status") ? "revision" : "items")).as(programs.out()).isTrue();
        }
        assertThat(sluice("services").out()).contains("refused", "listen_port: 70000 (expected: 1 to 65535)");
        assertThat(sluice("targets").out()).contains(server.address());
        assertThat(sluice("plugins").out()).contains("protocol-tcp", "ACTIVE");
    }

    @Test
    void explainAgreesWithWhatConnectionsDo() throws IOException {
        assertThat(sluice("explain", "--port", String.valueOf(port), "--client", "127.0.0.1").exit()).isZero();
        Gateway.Result refused = sluice("explain", "--port", String.valueOf(port), "--client", "192.0.2.66");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.out()).startsWith("refused: access_denied");
        assertThat(sluice("explain", "--port", "1").exit()).isEqualTo(1);
    }

    @Test
    void connectionsAreListedAndClosed() throws IOException {
        try (Socket first = Gateway.connect(port); Socket second = Gateway.connect(port)) {
            assertThat(echoes(first)).isTrue();
            assertThat(echoes(second)).isTrue();
            JsonNode list = JSON.readTree(sluice("connections", "--service", "echo", "--format", "json").out());
            assertThat(list.get("total").asInt()).isEqualTo(2);
            String id = list.at("/items/0/id").asText();

            assertThat(sluice("connections", "close", id).out()).isEqualTo("closed 1" + System.lineSeparator());
            assertThat(sluice("connections", "close", "--service", "echo").out()).isEqualTo("closed 1" + System.lineSeparator());

            assertThat(first.getInputStream().read()).isEqualTo(-1);
            assertThat(second.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void drainWaitsForTheLastConnectionAndReadyUndoesIt() throws Exception {
        Process drain;
        try (Socket client = Gateway.connect(port)) {
            assertThat(echoes(client)).isTrue();
            drain = gateway.running(base.resolve("drained"), "drain", "echo", server.address(), "--base", base.toString());
            await().until(() -> Gateway.text(base.resolve("drained")).contains("1 connections left"));
            assertThat(echoes(client)).isTrue();
            try (Socket refused = Gateway.connect(port)) {
                assertThat(refused.getInputStream().read()).isEqualTo(-1);
            }
        }
        await().until(() -> !drain.isAlive());
        assertThat(drain.exitValue()).isZero();
        assertThat(Files.readString(base.resolve("drained"))).contains("drained");
        assertThat(sluice("ready", "echo", server.address()).exit()).isZero();
        try (Socket client = Gateway.connect(port)) {
            assertThat(echoes(client)).isTrue();
        }
    }

    @Test
    void reloadIsDoneWhenTheCommandEnds() throws IOException {
        int another = Gateway.freePort();
        gateway.service("another", Gateway.tcp("another", another, server.address()));

        Gateway.Result reload = sluice("reload");
        assertThat(reload.exit()).as("one definition is not in order, the others are in effect").isEqualTo(3);
        assertThat(reload.out()).contains(" is in effect", "error: listen_port: 70000 (expected: 1 to 65535)");

        try (Socket client = Gateway.connect(another)) {
            assertThat(echoes(client)).isTrue();
        }
    }

    @Test
    void aPluginIsUnloadedByForce() throws IOException {
        assertThat(sluice("plugins", "unload", "none").exit()).isEqualTo(1);
        assertThat(sluice("plugins", "unload", "access-rules").exit()).isZero();
        gateway.awaitReady("the service is refused", ready -> ready.get("listeners").isEmpty());
    }

    @Test
    void exitCodesTellWhoIsToBlame() throws IOException {
        Path key = Files.writeString(base.resolve("wrong"), "wrong");
        assertThat(sluice("status", "--key-file", key.toString()).exit()).isEqualTo(5);
        assertThat(sluice("status", "--admin", "http://127.0.0.1:1").exit()).isEqualTo(4);
        assertThat(sluice("explain").exit()).isEqualTo(2);
        gateway.close();
        assertThat(sluice("status").exit()).isEqualTo(4);
    }

    private Gateway.Result sluice(String... arguments) throws IOException {
        String[] line = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, line, 0, arguments.length);
        line[arguments.length] = "--base";
        line[arguments.length + 1] = base.toString();
        return gateway.command(line);
    }
}
