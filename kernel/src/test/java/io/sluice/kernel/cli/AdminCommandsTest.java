package io.sluice.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.Ports;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.remote.Fields;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class AdminCommandsTest {

    @TempDir
    private Path base;
    private FakeGateway gateway;

    private record Result(int exit, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    @BeforeEach
    void aGatewayAndItsBaseFolder() throws IOException {
        gateway = new FakeGateway();
        Files.createDirectories(base.resolve("conf"));
        Files.createDirectories(base.resolve("data"));
        settings(gateway.port());
        Files.writeString(base.resolve("data/admin-secret"), FakeGateway.KEY + "\n");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void statusShowsEveryTotalAndEveryProblem() {
        gateway.on("GET /v1/status", 200, "{\"version\":\"0.1.0\",\"revision\":7,\"uptime\":192,\"totals\":{\"services\":3,\"connections\":12},"
                + "\"problems\":[{\"severity\":\"error\",\"code\":\"x\",\"service\":\"a\",\"file\":\"conf/services/a.json\",\"line\":3,"
                + "\"column\":5,\"pointer\":\"/listen_port\",\"message\":\"listen_port: 0 (expected: 1 to 65535)\",\"hint\":\"choose one\"}]}");

        assertThat(sluice("status").lines()).containsExactly(
                "version      0.1.0",
                "revision     7",
                "uptime       3m12s",
                "totals       services 3, connections 12",
                "problems     1",
                "  conf/services/a.json:3:5: error: listen_port: 0 (expected: 1 to 65535)",
                "      hint: choose one");
    }

    @Test
    void servicesAreATableAndTheirProblemsFollow() {
        gateway.on("GET /v1/services", 200, "{\"items\":["
                + "{\"id\":\"redis\",\"state\":\"active\",\"definition\":{\"listen_port\":6379,\"protocol\":\"tcp\"},\"problems\":[],\"file\":\"conf/services/redis.json\"},"
                + "{\"id\":\"web\",\"state\":\"refused\",\"definition\":{\"listen_port\":443,\"protocol\":{\"name\":\"tls\"},\"domain\":\"*.example.com\"},"
                + "\"problems\":[{\"severity\":\"error\",\"message\":\"no certificate\",\"hint\":null}],\"file\":\"conf/services/web.json\"}],\"total\":2}");

        assertThat(sluice("services").lines()).containsExactly(
                "ID     STATE    PROTOCOL  PORT  DOMAIN         PROBLEMS  FILE",
                "redis  active   tcp       6379  -                     0  conf/services/redis.json",
                "web    refused  tls        443  *.example.com         1  conf/services/web.json",
                "web: error: no certificate");
    }

    @Test
    void targetsShowTheirLastProbeAndOnDemandItsSteps() {
        gateway.on("GET /v1/targets?service=redis", 200, "{\"items\":[{\"id\":\"t1\",\"service\":\"redis\",\"target\":\"10.0.0.1:6379\","
                + "\"weight\":1,\"priority\":0,\"health\":\"down\",\"state\":\"ready\",\"connections\":0,\"last_probe\":{\"healthy\":false,"
                + "\"reason\":\"no match\",\"duration_ms\":5,\"transcript\":[{\"step\":\"expect\",\"sent\":null,\"expected\":\"role:master\","
                + "\"received\":\"role:slave\\r\\n\\u001b[2J\",\"verdict\":\"failed\",\"duration_ms\":4}]}}],\"total\":1}");

        assertThat(sluice("targets", "--service", "redis", "--transcript").lines()).containsExactly(
                "SERVICE  TARGET         WEIGHT  PRIORITY  HEALTH  STATE  CONNECTIONS  LAST PROBE",
                "redis    10.0.0.1:6379       1         0  down    ready            0  failed: no match",
                "",
                "redis 10.0.0.1:6379",
                "  STEP    VERDICT  MS  SENT  EXPECTED     RECEIVED",
                "  expect  failed    4  -     role:master  role:slave???[2J");
    }

    @Test
    void aPagedListIsReadToItsEnd() {
        gateway.on("GET /v1/connections?service=redis", 200, "{\"items\":[" + connection("1") + "],\"total\":3,\"next\":\"a b\"}")
                .on("GET /v1/connections?service=redis&cursor=a%20b", 200, "{\"items\":[" + connection("2") + "],\"total\":3,\"next\":\"c\"}")
                .on("GET /v1/connections?service=redis&cursor=c", 200, "{\"items\":[" + connection("3") + "],\"total\":3}");

        Result people = sluice("connections", "--service", "redis");
        Result programs = sluice("connections", "--service", "redis", "--format", "json");

        assertThat(people.lines()).hasSize(5).last().isEqualTo("3 connections");
        assertThat(people.out()).contains("192.0.2.7:4000").contains("1.5 KiB").contains("3 B");
        assertThat(programs.out()).isEqualTo("{\"items\":[" + connection("1") + "," + connection("2") + "," + connection("3")
                + "],\"total\":3}\n");
    }

    @Test
    void connectionsAreClosedByIdOrByFilter() {
        gateway.on("DELETE /v1/connections/17", 200, "{\"closed\":1}")
                .on("DELETE /v1/connections?service=redis&target=10.0.0.1%3A6379", 200, "{\"closed\":40}");

        assertThat(sluice("connections", "close", "17").out()).isEqualTo("closed 1\n");
        assertThat(sluice("connections", "close", "--service", "redis", "--target", "10.0.0.1:6379").out()).isEqualTo("closed 40\n");
        assertThat(sluice("connections", "close").exit()).isEqualTo(ExitCode.USAGE);
        assertThat(sluice("connections", "close", "17", "--service", "redis").exit()).isEqualTo(ExitCode.USAGE);
        assertThat(gateway.asked()).hasSize(2);
    }

    @Test
    void certificatesAndPluginsAreTables() {
        gateway.on("GET /v1/certificates", 200, "{\"items\":[{\"id\":\"abc\",\"fingerprint\":\"abc\",\"subject\":\"CN=a\",\"dns_names\":[\"a\",\"b\"],"
                + "\"not_after\":\"2027-01-01T00:00:00Z\",\"has_private\":true,\"used_by\":[\"web\"]}],\"total\":1}")
                .on("GET /v1/plugins", 200, "{\"items\":[{\"name\":\"protocol-tcp\",\"version\":\"0.1.0\",\"file\":\"p.jar\",\"state\":\"ACTIVE\",\"reason\":null,"
                        + "\"provides\":[{\"kind\":\"client_protocol\",\"name\":\"tcp\"}],\"generation\":1,\"users\":2}],\"total\":1}")
                .on("DELETE /v1/plugins/protocol-tcp", 200, "{\"name\":\"protocol-tcp\"}");

        assertThat(sluice("certificates").lines()).last().isEqualTo("abc  CN=a     a, b       2027-01-01T00:00:00Z  yes  web");
        assertThat(sluice("plugins").lines()).last()
                .isEqualTo("protocol-tcp  0.1.0    ACTIVE           1      2  client_protocol tcp  -");
        assertThat(sluice("plugins", "unload", "protocol-tcp").out()).isEqualTo("unloaded protocol-tcp\n");
    }

    @Test
    void explainPrintsTheDecisionAndItsExitCodeTellsIt() {
        gateway.on("POST /v1/explain", 200, "{\"outcome\":\"accepted\",\"reason\":null,\"listener\":\"127.0.0.1:443\",\"service\":\"web\","
                + "\"target\":\"10.0.0.1:80\",\"candidates\":[{\"target\":\"10.0.0.1:80\",\"weight\":1,\"health\":\"up\",\"state\":\"ready\",\"in\":true,\"reason\":null}],"
                + "\"steps\":[{\"step\":\"route\",\"result\":\"web\",\"detail\":\"exact name\"}]}")
                .on("POST /v1/explain", 200, "{\"outcome\":\"refused\",\"reason\":\"no_service\",\"steps\":[],\"candidates\":[]}");

        Result accepted = sluice("explain", "--port", "443", "--server-name", "a\"b", "--client", "192.0.2.1");
        Result refused = sluice("explain", "--port", "443", "--alpn", "h2", "--alpn", "redis");

        assertThat(accepted.exit()).isZero();
        assertThat(accepted.lines()).containsExactly("accepted", "  listener  127.0.0.1:443", "  service   web", "  target    10.0.0.1:80",
                "", "STEP   RESULT  DETAIL", "route  web     exact name",
                "", "CANDIDATE    WEIGHT  HEALTH  STATE  IN   REASON", "10.0.0.1:80       1  up      ready  yes  -");
        assertThat(refused.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.out()).startsWith("refused: no_service\n");
        assertThat(gateway.asked()).containsExactly(
                "POST /v1/explain {\"port\":443,\"server_name\":\"a\\\"b\",\"client\":\"192.0.2.1\"}", "POST /v1/explain {\"port\":443,\"alpn\":[\"h2\",\"redis\"]}");
    }

    @Test
    void drainReportsUntilNoConnectionIsLeft() {
        gateway.on("POST /v1/targets/redis/10.0.0.1%3A6379/drain?deadline=30s", 200, "{\"state\":\"draining\"}")
                .on("GET /v1/targets?service=redis", 200, targetWith(2))
                .on("GET /v1/targets?service=redis", 200, targetWith(1))
                .on("GET /v1/targets?service=redis", 200, targetWith(0));

        Result drained = sluice("drain", "redis", "10.0.0.1:6379", "--deadline", "30s");

        assertThat(drained.exit()).isZero();
        assertThat(drained.lines()).containsExactly("redis 10.0.0.1:6379: 2 connections left",
                "redis 10.0.0.1:6379: 1 connections left", "redis 10.0.0.1:6379: drained");
    }

    @Test
    void drainThatRunsOutOfTimeSaysSoByItsExitCode() {
        gateway.on("POST /v1/targets/redis/10.0.0.1%3A6379/maintain?close=true", 200, "{}")
                .on("GET /v1/targets?service=redis", 200, targetWith(2));

        assertThat(sluice("drain", "redis", "10.0.0.1:6379", "--maintain", "--close", "--timeout", "0").exit())
                .isEqualTo(ExitCode.FAILED);
    }

    @Test
    void reloadSaysWhatIsInEffect() {
        gateway.on("POST /v1/reload", 200, "{\"revision\":8}");

        assertThat(sluice("reload").out()).isEqualTo("revision 8 is in effect\n");
    }

    @Test
    void reloadShowsWhatIsWrongAndEndsWithItsCodeWhenThatIsAnError() {
        String problem = "{\"severity\":\"%s\",\"code\":\"c\",\"service\":\"a\",\"file\":\"conf/services/a.json\",\"line\":2,"
                + "\"column\":3,\"pointer\":\"/x\",\"message\":\"it is wrong\",\"hint\":\"mend it\"}";
        gateway.on("POST /v1/reload", 200, "{\"revision\":8,\"problems\":[" + String.format(problem, "warning") + "]}");
        gateway.on("POST /v1/reload", 200, "{\"revision\":9,\"problems\":[" + String.format(problem, "error") + "]}");
        assertThat(sluice("reload").exit()).isZero();
        Result second = sluice("reload");
        assertThat(second.exit()).isEqualTo(3);
        assertThat(second.out()).startsWith("revision 9 is in effect\n").contains("conf/services/a.json:2:3: error: it is wrong");
    }

    @Test
    void previewOfAReloadShowsWhatWouldChangeAndIsNone() {
        gateway.on("POST /v1/reload?dry_run=true", 200, "{\"revision\":8,\"changes\":[{\"service\":\"redis\",\"change\":\"changed\","
                + "\"fields\":[\"listen_port\",\"proxy.target_url\"],\"connections_affected\":12,\"connections_closed\":3}],\"problems\":[],\"dry_run\":true}")
                .on("POST /v1/reload?dry_run=true", 200, "{\"revision\":8,\"changes\":[],\"problems\":[{\"severity\":\"error\","
                + "\"file\":\"conf/services/a.json\",\"line\":2,\"column\":3,\"message\":\"it is wrong\",\"hint\":\"mend it\"}],\"dry_run\":true}");

        Result clean = sluice("reload", "--dry-run");
        Result wrong = sluice("reload", "--dry-run");

        assertThat(clean.exit()).isZero();
        assertThat(clean.lines()).containsExactly(
                "SERVICE  CHANGE   FIELDS                         CONNECTIONS  CLOSED",
                "redis    changed  listen_port, proxy.target_url           12       3");
        assertThat(wrong.exit()).isEqualTo(ExitCode.INVALID_CONFIGURATION);
        assertThat(wrong.out()).startsWith("no service would change\n").contains("conf/services/a.json:2:3: error: it is wrong");
        assertThat(gateway.asked()).containsExactly("POST /v1/reload?dry_run=true", "POST /v1/reload?dry_run=true");
    }

    @Test
    void noNameBecomesAPath() {
        sluice("plugins", "unload", "../services/redis");
        sluice("drain", "..", "a/b?c#d", "--no-wait");

        assertThat(gateway.asked()).containsExactly("DELETE /v1/plugins/..%2Fservices%2Fredis",
                "POST /v1/targets/%2E%2E/a%2Fb%3Fc%23d/drain");
    }

    @Test
    void whatTheGatewayRefusesIsToldWithItsReasons() {
        gateway.on("DELETE /v1/plugins/x", 409, "{\"title\":\"Conflict\",\"status\":409,\"detail\":\"x is in use\",\"errors\":["
                + "{\"pointer\":\"/a\",\"message\":\"a: 1 (expected: 2)\",\"hint\":\"write 2\"}]}");

        Result refused = sluice("plugins", "unload", "x");

        assertThat(refused.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err().lines()).containsExactly("sluice: x is in use", "  /a: error: a: 1 (expected: 2)", "      hint: write 2");
        assertThat(refused.out()).isEmpty();
    }

    @Test
    void aGatewayThatIsNotThereIsExitCodeFour() throws IOException {
        settings(Ports.ofNobody());

        Result result = sluice("status");

        assertThat(result.exit()).isEqualTo(ExitCode.NOT_REACHABLE);
        assertThat(result.err()).startsWith("sluice: no gateway answers at http://127.0.0.1:" + Ports.ofNobody());
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "[]", ""})
    void somethingElseThatAnswersIsExitCodeFour(String body) {
        gateway.on("GET /v1/status", 200, body);

        assertThat(sluice("status").exit()).isEqualTo(ExitCode.NOT_REACHABLE);
    }

    @Test
    void aWrongOrMissingKeyIsExitCodeFive() throws IOException {
        Files.writeString(base.resolve("wrong"), "another");
        Files.delete(base.resolve("data/admin-secret"));

        Result missing = sluice("status");
        Result wrong = sluice("status", "--key-file", base.resolve("wrong").toString());

        assertThat(missing.exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(missing.err()).contains("the gateway wants a key, and " + base.resolve("data/admin-secret") + " is not there");
        assertThat(wrong.exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(wrong.err()).contains("does not accept the key in").doesNotContain("another\n");
    }

    @Test
    void theKeyMayStandInTheSettingsOrInAFileThatTheyName() throws IOException {
        gateway.on("GET /v1/status", 200, "{}");
        Files.delete(base.resolve("data/admin-secret"));
        String address = "\"admin\": { \"address\": \"0.0.0.0:" + gateway.port() + "\" }";

        settings("{ \"secret\": \"" + FakeGateway.KEY + "\", " + address + " }");
        assertThat(sluice("status").exit()).isZero();

        Files.writeString(base.resolve("conf/key"), FakeGateway.KEY + "\n");
        settings("{ \"secret_file\": \"key\", " + address + " }");
        assertThat(sluice("status").exit()).isZero();
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aKeyThatNobodyWritesHoldsNoCommand() throws Exception {
        Path key = base.resolve("data/admin-secret");
        Files.delete(key);
        fifo(key);

        Result generated = within(() -> sluice("status"));
        assertThat(generated.exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(generated.err().lines()).containsExactly("sluice: the gateway wants a key, and " + key
                + " cannot be read: it is no regular file (expected: a file that holds the key)",
                "  hint: --key-file FILE names the file of another key");

        settings("{ \"secret_file\": \"../data/admin-secret\", \"admin\": { \"address\": \"127.0.0.1:" + gateway.port() + "\" } }");
        assertThat(within(() -> sluice("status")).exit()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aPersonMayNameAPipeThatGivesTheKey() throws Exception {
        gateway.on("GET /v1/status", 200, "{}");
        Path pipe = base.resolve("pipe");
        fifo(pipe);
        String key = Files.readString(base.resolve("data/admin-secret"));
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            try {
                Files.writeString(pipe, key, StandardOpenOption.WRITE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        Result given = within(() -> sluice("status", "--key-file", pipe.toString()));

        assertThat(given.exit()).as(given.err()).isEqualTo(ExitCode.OK);
        writer.join();
    }

    @Test
    void aKeyFileOfAnySizeIsReadAsFarAsAKeyGoes() throws Exception {
        Path key = base.resolve("data/admin-secret");
        sparse(key, 3L << 30);
        Result huge = sluice("status");
        assertThat(huge.exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(huge.err()).contains(key + " cannot be read: it has 3221225472 bytes (expected: at most 4194304)");

        Files.writeString(key, "k".repeat(4097));
        assertThat(sluice("status").err()).contains(key + " holds no key (expected: one line of visible ASCII, at most 4096 characters)");

        settings("{ \"secret_file\": \"a\\u0000b\", \"admin\": { \"address\": \"127.0.0.1:" + gateway.port() + "\" } }");
        Result noPath = sluice("status");
        assertThat(noPath.exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(noPath.err()).contains("is no path (expected: a file that holds the key, relative to conf/)");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void settingsThatNobodyWritesHoldNoCommand() throws Exception {
        Path file = base.resolve("conf/sluice.json");
        Files.delete(file);
        fifo(file);

        Result result = within(() -> sluice("status"));

        assertThat(result.exit()).isEqualTo(ExitCode.INVALID_CONFIGURATION);
        assertThat(result.err().lines()).containsExactly("sluice: " + file + " cannot be read, so nothing says where the gateway is",
                "  " + file + ": error: the file cannot be read: it is no regular file (expected: a file of UTF-8 text)",
                "  hint: \"sluice check\" says more; --admin URL --key-file FILE needs no settings");
    }

    @Test
    void settingsOfAnySizeHoldNoCommand() throws Exception {
        sparse(base.resolve("conf/sluice.json"), 3L << 30);

        Result result = sluice("status");

        assertThat(result.exit()).isEqualTo(ExitCode.INVALID_CONFIGURATION);
        assertThat(result.err()).contains("it has 3221225472 bytes (expected: at most 4194304)");
    }

    @Test
    void anAddressAndAKeyFileNeedNoBaseFolder() throws IOException {
        gateway.on("GET /v1/status", 200, "{}");
        settings("{ broken");

        String url = "http://127.0.0.1:" + gateway.port() + "/";
        assertThat(sluice("status", "--admin", url, "--key-file", base.resolve("data/admin-secret").toString()).exit()).isZero();
        Result broken = sluice("status");
        assertThat(broken.exit()).isEqualTo(ExitCode.INVALID_CONFIGURATION);
        assertThat(broken.err()).contains("sluice.json:1:3: error:");
    }

    @Test
    void aClosedAdminApiIsSaidToBeClosed() throws IOException {
        settings("{ \"admin\": { \"address\": \"off\" } }");

        Result result = sluice("status");

        assertThat(result.exit()).isEqualTo(ExitCode.NOT_REACHABLE);
        assertThat(result.err()).startsWith("sluice: the admin API is closed (admin.address is \"off\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain", "explain --port x", "explain --port 0", "explain --port 70000", "drain redis", "status --format xml", "status --admin nowhere", "nonsense", ""})
    void wrongUsageGoesToStderrWithExitCodeTwo(String line) {
        Result result = sluice(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).containsAnyOf("Usage: sluice", "Did you mean: sluice");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "status --format json|4|not_reachable",
        "status --format=JSON --key-file absent|4|not_reachable",
        "explain --port x --format json|2|usage",
        "plugins --format json --nonsense|2|usage",
    })
    void programThatAskedForJsonGetsJsonOfAFailureToo(String line, int exit, String code) throws Exception {
        settings(Ports.ofNobody());

        Result result = sluice(line.split(" "));

        assertThat(result.exit()).isEqualTo(exit);
        JsonObject said = (JsonObject) JsonReader.read("out", result.out(), Optional.empty());
        assertThat(new Fields(said).text("code")).isEqualTo(code);
        assertThat(new Fields(said).number("exit_code")).isEqualTo(exit);
        assertThat(new Fields(said).text("title")).isNotEmpty();
        assertThat(new Fields(said).text("detail")).isNotEmpty();
        assertThat(said.get("errors")).isInstanceOf(JsonArray.class);
        assertThat(result.err()).as("people read on").isNotEmpty();
    }

    @Test
    void whatTheGatewayRefusesIsHandedToProgramsAsItSaidIt() throws Exception {
        gateway.on("GET /v1/status", 503, "{\"type\":\"about:blank\",\"title\":\"not now\",\"status\":503,\"detail\":\"why\","
                + "\"errors\":[{\"pointer\":\"/a\",\"line\":3,\"message\":\"m\"}]}");

        Result result = sluice("status", "--format", "json");

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out().strip()).isEqualTo("{\"type\":\"about:blank\",\"title\":\"not now\",\"status\":503,\"detail\":\"why\","
                + "\"errors\":[{\"pointer\":\"/a\",\"line\":3,\"message\":\"m\"}],\"code\":\"failed\",\"exit_code\":1}");
    }

    @Test
    void mistakesInTheSettingsAreProblemsForProgramsToo() throws Exception {
        settings("{ broken");

        Result result = sluice("services", "--format", "json");

        assertThat(result.exit()).isEqualTo(ExitCode.INVALID_CONFIGURATION);
        assertThat(result.out()).contains("\"code\":\"invalid_settings\"", "\"line\":1,\"column\":3", "\"hint\":");
    }

    @Test
    void versionIsAnObjectForPrograms() {
        assertThat(sluice("version", "--format", "json").out()).startsWith("{\"version\":\"").contains("\"java\":\"");
    }

    @Test
    void whatIsPrintedIsNotLostWithTheProcess() throws Exception {
        for (String command : List.of("completion", "man")) {
            Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-cp",
                    System.getProperty("java.class.path"), Main.class.getName(), command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isZero();
            assertThat(text.strip()).as(command).isEqualTo(sluice(command).out().strip());
        }
    }

    @Test
    void completionKnowsEveryCommand() {
        assertThat(sluice("completion").out()).contains("explain", "--server-name", "connections", "unload");
    }

    @Test
    void theManualPageHasEveryCommandAndOption() {
        String page = sluice("man").out();

        assertThat(page).startsWith(".TH SLUICE 1").contains(".SS \"sluice connections close ID\"", ".B \\-\\-server\\-name NAME");
        assertThat(page.lines()).noneMatch(line -> line.startsWith("'") || line.startsWith(". "));
    }

    private void settings(int port) throws IOException {
        settings("{ // with a comment\n \"admin\": { \"address\": \"127.0.0.1:" + port + "\" }, }");
    }

    private static void fifo(Path file) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    }

    private static void sparse(Path file, long size) throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(size);
        }
    }

    /** A thread that opens such a file waits where no interrupt gets it out. */
    private static <T> T within(Supplier<T> command) {
        return CompletableFuture.supplyAsync(command, task -> {
            Thread thread = new Thread(task, "command");
            thread.setDaemon(true);
            thread.start();
        }).orTimeout(60, TimeUnit.SECONDS).join();
    }

    private void settings(String json) throws IOException {
        Files.writeString(base.resolve("conf/sluice.json"), json);
    }

    private Result sluice(String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        boolean talks = !line.isEmpty() && !List.of("completion", "man", "nonsense", "version").contains(line.get(0));
        if (talks) {
            line.addAll(List.of("--base", base.toString()));
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commands = Main.commands().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Result(commands.execute(line.toArray(String[]::new)), out.toString(), err.toString());
    }

    private static String connection(String id) {
        return "{\"id\":\"" + id + "\",\"service\":\"redis\",\"listener\":\"127.0.0.1:6379\",\"client\":\"10.0.0.9:1\","
                + "\"presented_client\":\"192.0.2.7:4000\",\"server_name\":null,\"target\":\"10.0.0.1:6379\",\"since\":\""
                + Instant.EPOCH + "\",\"bytes_from_client\":1536,\"bytes_to_client\":3}";
    }

    private static String targetWith(int connections) {
        return "{\"items\":[{\"id\":\"t1\",\"service\":\"redis\",\"target\":\"10.0.0.1:6379\",\"connections\":" + connections + "}],\"total\":1}";
    }
}
