package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong around a gateway at night: what runs goes on, and a sentence says what is the matter. */
class MishapsIT extends Unstarted {

    private int port;

    @BeforeEach
    void define() throws IOException {
        port = Gateway.freePort();
        gateway.service("a", Gateway.tcp("a", port, server.address()));
    }

    @Test
    void pipesFoldersAndEndlessFilesAreNoDefinitions() throws Exception {
        Path services = base.resolve("conf/services");
        assertThat(new ProcessBuilder("mkfifo", services.resolve("pipe.json").toString()).start().waitFor()).isZero();
        Files.createDirectory(services.resolve("folder.json"));
        Files.createSymbolicLink(services.resolve("endless.json"), Path.of("/dev/zero"));
        gateway.start();
        echo();
        assertThat(problems()).containsExactlyInAnyOrder(
                "the file cannot be read: it is no regular file", "the file cannot be read: it is a folder",
                "the file cannot be read: it is no regular file");
        assertThat(gateway.command("check", "--base", base.toString()).exit()).isEqualTo(3);
        gateway.terminate();
        assertThat(gateway.exit()).isZero();
    }

    @Test
    void fileOfTenMegabytesAndAThousandLevelsAreRefused() throws Exception {
        gateway.service("large", "[" + " ".repeat(10 << 20) + "]").service("deep", "[".repeat(1000) + "]".repeat(1000)).start();
        echo();
        assertThat(problems()).containsExactlyInAnyOrder(
                "the file cannot be read: it has 10485762 bytes (expected: at most 4194304)",
                "nested or written too large (expected: at most 64 levels)");
    }

    @Test
    void folderOfDefinitionsThatVanishesTakesNothingWithIt() throws Exception {
        gateway.start();
        Path services = base.resolve("conf/services");
        Files.move(services, base.resolve("conf/elsewhere"));
        gateway.awaitReady("it is missed", ready -> ready.toString().contains("is no folder below conf/"));
        echo();
        Files.move(base.resolve("conf/elsewhere"), services);
        gateway.awaitReady("it is back", ready -> ready.get("problems").isEmpty());
        echo();
    }

    @Test
    void settingsThatVanishOrBreakLeaveTheLastGoodOnes() throws Exception {
        gateway.start();
        Files.delete(base.resolve("conf/sluice.json"));
        gateway.awaitReady("they are missed", ready -> ready.toString().contains("the settings file is gone"));
        echo();
        gateway.with("\"listen_address\": \"somewhere\"", "\"disable_ports_whitelist\": false");
        gateway.awaitReady("they are refused", ready -> ready.toString().contains("listen_address: "));
        echo();
        gateway.with();
        gateway.awaitReady("they are mended", ready -> ready.get("problems").isEmpty());
    }

    @Test
    void wordThatIsNoSwitchDoesNotOpenAServiceThatRefuses() throws Exception {
        String rules = ", \"allowed_ips\": [\"10.9.9.9\"], \"enable_ip_whitelisting\": ";
        String service = Gateway.tcp("a", port, server.address());
        String head = service.substring(0, service.lastIndexOf('}'));
        gateway.service("a", head + rules + "true }").start();
        refused();
        gateway.service("a", head + rules + "\"true\" }");
        gateway.awaitReady("it is named", ready -> ready.toString().contains("enable_ip_whitelisting"));
        assertThat(problems()).containsExactly("enable_ip_whitelisting: \"true\" (expected: true or false)");
        refused();
    }

    @Test
    void readyFileSaysWhatIsStillOpenWhileDraining() throws Exception {
        gateway.with("\"admin\": { \"address\": \"127.0.0.1:0\" }", "\"timeouts\": { \"drain\": \"10m\" }").start();
        try (Socket held = Gateway.connect(port)) {
            held.getOutputStream().write('x');
            assertThat(held.getInputStream().read()).isEqualTo('x');
            gateway.terminate();
            gateway.awaitReady("no service is open", ready -> ready.get("listeners").isEmpty());
            Admin admin = Admin.of(gateway);
            assertThat(admin.get("/v1/listeners").json().get("items")).isEmpty();
            assertThat(admin.send("POST", "/v1/explain", "{ \"port\": " + port + " }").json().get("reason").asText())
                    .isEqualTo("no_listener");
        }
        assertThat(gateway.exit()).isZero();
        assertThat(gateway.ready().get("admin").isNull()).as("closed at the end").isTrue();
    }

    @Test
    void runsOutOfDescriptorsAndRecovers() throws Exception {
        gateway.withDescriptors(160).start();
        List<Socket> held = new ArrayList<>();
        int served = 0;
        for (int i = 0; i < 150; i++) {
            Socket socket = Gateway.connect(port);
            held.add(socket);
            if (answers(socket)) {
                served++;
            }
        }
        assertThat(served).as("some are served").isBetween(5, 149);
        for (Socket socket : held) {
            socket.close();
        }
        Gateway.eventually(() -> {
            echo();
            return true;
        });
        gateway.service("b", Gateway.tcp("b", Gateway.freePort(), server.address()));
        gateway.awaitReady("changes are still followed", ready -> ready.get("listeners").size() == 2);
        assertThat(gateway.stderr()).doesNotContain("Exception");
    }

    private static boolean answers(Socket socket) {
        try {
            socket.getOutputStream().write('x');
            return socket.getInputStream().read() == 'x';
        } catch (IOException e) {
            return false;
        }
    }

    private void echo() throws IOException {
        try (Socket socket = Gateway.connect(port)) {
            assertThat(answers(socket)).isTrue();
        }
    }

    private void refused() throws IOException {
        try (Socket socket = Gateway.connect(port)) {
            assertThat(answers(socket)).isFalse();
        }
    }

    private List<String> problems() throws IOException {
        List<String> messages = new ArrayList<>();
        for (JsonNode problem : gateway.ready().get("problems")) {
            messages.add(problem.get("message").asText());
        }
        return messages;
    }
}
