package io.sluice.it;

import static io.sluice.it.EchoServer.echoes;
import static io.sluice.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.it.Gateway.Result;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Files, problems, exit codes: the outside contract. */
@Tag("jdk")
class ConfigurationIT extends Unstarted {

    @Test
    void readyFileSaysWhatIsOpen() throws IOException {
        int port = Gateway.freePort();
        gateway.service("redis", Gateway.tcp("redis", port, server.address())).start();
        JsonNode ready = gateway.ready();
        assertThat(ready.get("pid").asLong()).isEqualTo(gateway.pid());
        assertThat(ready.get("admin").isNull()).isTrue();
        assertThat(ready.get("revision").asLong()).isEqualTo(1);
        assertThat(ready.get("problems")).isEmpty();
        assertThat(ready.get("listeners").get(0).toString()).isEqualTo("{\"address\":\"127.0.0.1:" + port
                + "\",\"protocol\":\"tcp\",\"services\":[\"redis\"],\"state\":\"open\",\"reason\":null}");
    }

    @Test
    void filesAreFollowedHoweverTheyAreWritten() throws Exception {
        int one = Gateway.freePort();
        int two = Gateway.freePort();
        int three = Gateway.freePort();
        gateway.start();
        Path file = Files.writeString(base.resolve("conf/services/a.json"), Gateway.tcp("a", one, server.address()));
        Gateway.eventually(() -> echoes(one));
        Path temporary = base.resolve("conf/services/.a.json.swp");
        Files.writeString(temporary, Gateway.tcp("a", two, server.address()));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Gateway.eventually(() -> echoes(two));
        Gateway.eventually(() -> refused(one)); // the new port opens before the old one closes
        // as Kubernetes mounts a ConfigMap: the file is a link into a folder that is exchanged
        Files.createDirectories(base.resolve("v1"));
        Files.writeString(base.resolve("v1/a.json"), Gateway.tcp("a", two, server.address()));
        Files.createDirectories(base.resolve("v2"));
        Files.writeString(base.resolve("v2/a.json"), Gateway.tcp("a", three, server.address()));
        Files.createSymbolicLink(base.resolve("current"), base.resolve("v1"));
        Files.delete(file);
        Files.createSymbolicLink(file, base.resolve("current/a.json"));
        Gateway.eventually(() -> echoes(two));
        Files.createSymbolicLink(base.resolve("next"), base.resolve("v2"));
        Files.move(base.resolve("next"), base.resolve("current"), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        Gateway.eventually(() -> echoes(three));
    }

    @Test
    void brokenFileStopsNobodyAndKeepsWhatRanFromIt() throws Exception {
        int one = Gateway.freePort();
        int two = Gateway.freePort();
        gateway.service("a", Gateway.tcp("a", one, server.address()))
                .service("b", Gateway.tcp("b", two, server.address())).start();
        gateway.service("a", "{ \"name\": \"a\", ");
        gateway.awaitReady("a problem", ready -> !ready.get("problems").isEmpty());
        assertThat(gateway.ready().get("problems").get(0).get("file").asText()).isEqualTo("conf/services/a.json");
        assertThat(echoes(one)).isTrue();
        assertThat(echoes(two)).isTrue();
        gateway.service("a", Gateway.tcp("a", one, server.address()));
        gateway.awaitReady("no problem", ready -> ready.get("problems").isEmpty());
    }

    @Test
    void deletedServiceClosesItsListenerAndItsConnectionsDrain() throws Exception {
        int port = Gateway.freePort();
        gateway.with(drainFor("10m")).service("a", Gateway.tcp("a", port, server.address()))
                .service("b", Gateway.tcp("b", Gateway.freePort(), server.address())).start();
        try (Socket open = Gateway.connect(port)) {
            assertThat(echoes(open)).isTrue();
            gateway.withoutService("a");
            Gateway.eventually(() -> refused(port));
            assertThat(echoes(open)).isTrue();
        }
    }

    @Test
    void connectionsOfADeletedServiceEndWhenTheTimeToDrainIsOver() throws Exception {
        int port = Gateway.freePort();
        gateway.with(drainFor("1s")).service("a", Gateway.tcp("a", port, server.address()))
                .service("b", Gateway.tcp("b", Gateway.freePort(), server.address())).start();
        try (Socket open = Gateway.connect(port)) {
            assertThat(echoes(open)).isTrue();
            gateway.withoutService("a");
            assertThat(open.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void newRivalIsRefusedAndBothAreNamed() throws Exception {
        int port = Gateway.freePort();
        gateway.service("a", Gateway.tcp("first", port, server.address())).start();
        gateway.service("b", Gateway.tcp("second", port, server.address()));
        gateway.awaitReady("a problem", ready -> !ready.get("problems").isEmpty());
        JsonNode problem = gateway.ready().get("problems").get(0);
        assertThat(problem.get("message").asText()).contains("\"first\" (conf/services/a.json)",
                "\"second\" (conf/services/b.json)");
        assertThat(problem.get("hint").asText()).contains("after a restart neither would run");
        assertThat(echoes(port)).isTrue();
    }

    @Test
    void takenPortIsOpenedWhenItIsFree() throws Exception {
        int port;
        try (ServerSocket squatter = new ServerSocket(Gateway.freePort(), 1, InetAddress.getLoopbackAddress())) {
            port = squatter.getLocalPort();
            gateway.service("a", Gateway.tcp("a", port, server.address()))
                    .service("b", Gateway.tcp("b", Gateway.freePort(), server.address())).start();
            JsonNode listener = StreamSupport.stream(gateway.ready().get("listeners").spliterator(), false)
                    .filter(one -> one.get("address").asText().endsWith(":" + port)).findFirst().orElseThrow();
            assertThat(listener.get("state").asText()).isEqualTo("failed");
            assertThat(listener.get("reason").asText()).startsWith("address already in use");
            JsonNode problem = gateway.ready().get("problems").get(0);
            assertThat(problem.get("code").asText()).isEqualTo("listener_failed");
            assertThat(problem.get("service").asText()).isEqualTo("a");
            assertThat(problem.get("file").asText()).isEqualTo("conf/services/a.json");
            assertThat(problem.get("line").asInt()).isEqualTo(1);
            await().until(() -> gateway.stderr().contains("is ready: 1 of 2 listeners open, 2 services, 1 problems"));
        }
        Gateway.eventually(() -> echoes(port));
        gateway.awaitReady("open", ready -> !ready.toString().contains("failed") && ready.get("problems").isEmpty());
    }

    @Test
    void nothingThatCouldBeOpenedIsAFailure() throws Exception {
        gateway.settings("{ \"admin\": { \"address\": \"off\" } }").service("a", Gateway.tcp("a", 6379, server.address()));
        assertThat(gateway.runToTheEnd()).isEqualTo(1);
        assertThat(gateway.stderr()).contains("tcp:6379 is not allowed: add it to ports_whitelist.tcp in conf/sluice.json");
    }

    @Test
    void settingsThatCannotBeParsedStopAStart() throws Exception {
        gateway.settings("{ \"listen_address\": ");
        assertThat(gateway.runToTheEnd()).isEqualTo(3);
        assertThat(gateway.stderr()).contains("conf/sluice.json:1:", "the file ends too early");
    }

    @Test
    void brokenSettingsLeaveARunningGatewayOnItsLastGoodOnes() throws Exception {
        int port = Gateway.freePort();
        gateway.service("a", Gateway.tcp("a", port, server.address())).start();
        gateway.settings("{ nonsense");
        gateway.awaitReady("a problem", ready -> !ready.get("problems").isEmpty());
        assertThat(echoes(port)).isTrue();
    }

    @Test
    void secondGatewayOnOneFolderIsToldWhoHasIt() throws Exception {
        gateway.start();
        Result second = gateway.command("run", "--base", base.toString());
        assertThat(second.exit()).isEqualTo(1);
        assertThat(second.err()).contains(base.resolve("data").toString(), "process " + gateway.pid());
    }

    @Test
    void usageErrorsAreTwo() throws Exception {
        assertThat(gateway.command().exit()).isEqualTo(2);
        assertThat(gateway.command("rum").exit()).isEqualTo(2);
        assertThat(gateway.command("run", "--base", base.resolve("absent").toString()).exit()).isEqualTo(2);
        assertThat(gateway.command("check", base.resolve("absent.json").toString()).exit()).isEqualTo(2);
        assertThat(gateway.command("version").out()).startsWith("sluice ");
        assertThat(gateway.command("help").exit()).isZero();
    }

    @Test
    void firstSignalDrainsAndTheSecondEndsAtOnce() throws Exception {
        int port = Gateway.freePort();
        gateway.with(drainFor("10m")).service("a", Gateway.tcp("a", port, server.address())).start();
        try (Socket open = Gateway.connect(port)) {
            assertThat(echoes(open)).isTrue();
            gateway.terminate();
            Gateway.eventually(() -> refused(port));
            assertThat(echoes(open)).as("while draining").isTrue();
            open.close();
            assertThat(gateway.exit()).isZero();
        }
        gateway.start();
        try (Socket open = Gateway.connect(port)) {
            assertThat(echoes(open)).isTrue();
            gateway.terminate();
            Gateway.eventually(() -> refused(port));
            gateway.terminate();
            assertThat(gateway.exit()).isEqualTo(1);
        }
    }

    @Test
    void accessLogThatCannotBeWrittenIsFoundByTheCheckInTheWordsOfTheGateway() throws Exception {
        Files.createFile(base.resolve("logs"));
        gateway.settings("{ \"listen_address\": \"127.0.0.1\", \"disable_ports_whitelist\": true, \"admin\": { \"address\":"
                + " \"127.0.0.1:0\" },\n  \"access_log\": { \"file\": \"logs/access.log\" } }");
        Result check = gateway.command("check", "--base", base.toString());
        assertThat(check.exit()).isEqualTo(3);
        assertThat(check.out()).startsWith("conf/sluice.json:2:27: error: access_log.file: logs/access.log (expected: a file that can be"
                + " written): a file is in the place of its folder");
        JsonNode problem = gateway.start().ready().get("problems").get(0);
        assertThat(problem.get("message").asText()).isEqualTo("access_log.file: logs/access.log (expected: a file that can be written):"
                + " a file is in the place of its folder");
        assertThat(problem.get("line").asInt()).isEqualTo(2);
        Result preview = gateway.command("reload", "--dry-run", "--admin", gateway.ready().get("admin").asText(), "--key-file",
                base.resolve("data/admin-secret").toString());
        assertThat(preview.exit()).isEqualTo(3);
        assertThat(preview.out()).contains("conf/sluice.json:2:27: error: access_log.file: logs/access.log");
    }

    @Test
    void checkWorksBesideARunningGatewayAndPrintsAllProblems() throws Exception {
        int port = Gateway.freePort();
        gateway.service("a", Gateway.tcp("a", port, server.address())).start();
        assertThat(gateway.command("check", "--base", base.toString()).exit()).isZero();
        Path files = Files.createDirectories(base.resolve("candidates"));
        Files.writeString(files.resolve("a.json"), "{ \u201Clisten_port\u201D: 30001 }");
        Files.writeString(files.resolve("b.json"),
                "{ \"listen_port\": 70000, \"protocol\": \"http\", \"proxy\": { \"target_url\": \"127.0.0.1:1\" } }");
        Result text = gateway.command("check", "--base", base.toString(), files.toString());
        assertThat(text.exit()).isEqualTo(3);
        assertThat(text.out()).contains("a.json:1:3: error: typographic quote", "listen_port: 70000 (expected: 1 to 65535)",
                "use tcp or tls");
        Result json = gateway.command("check", "--base", base.toString(), "--format", "json", files.toString());
        assertThat(json.exit()).isEqualTo(3);
        JsonNode problems = new ObjectMapper().readTree(json.out()).get("problems");
        assertThat(problems).hasSize(3);
        assertThat(problems.get(1).fieldNames()).toIterable().containsExactly("severity", "code", "service", "file", "line",
                "column", "pointer", "message", "hint");
    }

    @Test
    void redisExampleOfTheDocumentationIsAcceptedInBothLayouts() throws Exception {
        String list = "[ { \"url\": \"192.168.10.1:6379\", \"commands\": [ { \"name\": \"send\", \"message\": \"PING\\r\\n\" },"
                + " { \"name\": \"expect\", \"message\": \"+PONG\" }, { \"name\": \"send\", \"message\": \"QUIT\\r\\n\" },"
                + " { \"name\": \"send\", \"message\": \"+OK\" } ] } ]";
        Path seed = Files.writeString(base.resolve("seed.json"), "{ \"name\": \"Redis Sentinel\", \"listen_port\": 6379,"
                + " \"protocol\": \"tcp\", \"enable_load_balancing\": true, \"proxy\": { \"target_list\":"
                + " [\"192.168.10.1:6379\", \"192.168.10.2:6379\"] }, \"check_host_against_uptime_tests\": true,"
                + " \"uptime_tests\": { \"check_list\": " + list + " } }");
        Path tyk = Files.writeString(base.resolve("tyk.json"), "{ \"name\": \"Redis Sentinel\", \"listen_port\": 6379,"
                + " \"protocol\": \"tcp\", \"use_keyless\": true, \"certificates\": [], \"proxy\": { \"listen_path\": \"/\","
                + " \"enable_load_balancing\": true, \"check_host_against_uptime_tests\": true, \"target_list\":"
                + " [\"tcp://192.168.10.1:6379\", \"tcp://192.168.10.2:6379\"] },"
                + " \"uptime_tests\": { \"check_list\": " + list + " } }");
        for (Path file : List.of(seed, tyk)) {
            Result result = gateway.command("check", "--base", base.toString(), file.toString());
            assertThat(result.exit()).as(result.out()).isZero();
            assertThat(result.out()).contains("\"+OK\" is what a server would answer", "expect was probably meant");
        }
    }

    private static String drainFor(String time) {
        return "\"timeouts\": { \"drain\": \"" + time + "\" }";
    }

    private static boolean refused(int port) {
        assertThatThrownBy(() -> Gateway.connect(port).close()).isInstanceOf(ConnectException.class);
        return true;
    }
}
