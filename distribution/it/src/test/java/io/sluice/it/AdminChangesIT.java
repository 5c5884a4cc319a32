package io.sluice.it;

import static io.sluice.it.EchoServer.echoes;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.it.Admin.Answer;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Changes through the admin API on the zip. */
class AdminChangesIT extends AdminOpen {

    @Test
    void definitionIsCreatedChangedAndRemoved() throws Exception {
        int port = Gateway.freePort();
        String path = "/v1/services/echo";
        String definition = Gateway.tcp("echo", port, server.address());
        Answer dry = admin.send("PUT", path + "?dry_run=true", definition);
        assertThat(dry.status()).isEqualTo(200);
        assertThat(dry.json().get("dry_run").asBoolean()).isTrue();
        assertThat(admin.get(path).status()).isEqualTo(404);

        Answer created = admin.send("PUT", path, definition);
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().get("changes").get(0).toString()).isEqualTo("{\"service\":\"echo\",\"change\":\"added\","
                + "\"fields\":[],\"connections_affected\":0,\"connections_closed\":0}");
        assertThat(echoes(port)).as("applied when the answer is there").isTrue();
        Answer read = admin.get(path);
        assertThat(read.etag()).isEqualTo(created.etag()).startsWith("\"");
        assertThat(read.json().get("state").asText()).isEqualTo("active");
        assertThat(read.json().get("definition").get("proxy").get("target_url").asText()).isEqualTo(server.address());

        assertThat(admin.send("PUT", path, definition).status()).isEqualTo(428);
        assertThat(admin.send("PUT", path, definition, "If-Match", "\"other\"").status()).isEqualTo(412);
        assertThat(admin.send("PUT", path, definition, "If-Match", "W/" + read.etag()).status()).isEqualTo(412);
        assertThat(admin.send("PUT", path, definition, "If-Match", "nonsense").status()).isEqualTo(412);
        assertThat(admin.send("PUT", path, definition, "If-None-Match", "*").status()).isEqualTo(412);
        assertThat(admin.send("PUT", "/v1/services/absent", Gateway.tcp("absent", Gateway.freePort(), server.address()),
                "If-Match", "*").status()).isEqualTo(412);

        String changed = definition.replace("\"name\": \"echo\"", "\"name\": \"echo\", \"proxy_note\": 1");
        try (Socket open = Gateway.connect(port)) {
            open.getOutputStream().write('x');
            assertThat(open.getInputStream().read()).isEqualTo('x');
            Answer answer = admin.send("PUT", path, changed, "If-Match", "\"a\", " + read.etag());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().get("changes").get(0).get("connections_affected").asInt()).isEqualTo(1);
            assertThat(answer.json().get("changes").get(0).get("fields").toString()).contains("proxy_note");
            open.getOutputStream().write('y');
            assertThat(open.getInputStream().read()).as("goes on").isEqualTo('y');
        }
        assertThat(admin.send("DELETE", path, null).status()).isEqualTo(428);
        Answer deleted = admin.send("DELETE", path, null, "If-Match", admin.get(path).etag());
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.json().get("changes").get(0).get("change").asText()).isEqualTo("removed");
        assertThat(admin.send("DELETE", path, null).status()).isEqualTo(404);
        assertThat(admin.send("DELETE", path, null, "If-Match", "*").status()).isEqualTo(412);
        assertThat(base.resolve("conf/services/echo.json")).doesNotExist();
    }

    @Test
    void badDefinitionIsRefusedWithPlacesAndNothingChanges() throws Exception {
        Answer answer = admin.send("PUT", "/v1/services/a", "{\n  \"name\": \"a\",\n  \"listen_port\": 70000,\n"
                + "  \"protocol\": \"tcp\", \"proxy\": { \"target_url\": \"127.0.0.1:1\" } }");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        JsonNode error = answer.json().get("errors").get(0);
        assertThat(error.get("line").asInt()).isEqualTo(3);
        assertThat(error.get("column").asInt()).isEqualTo(18);
        assertThat(error.get("pointer").asText()).isEqualTo("/listen_port");
        assertThat(error.get("message").asText()).isEqualTo("listen_port: 70000 (expected: 1 to 65535)");
        assertThat(admin.send("PUT", "/v1/services/a", "{ nonsense").status()).isEqualTo(400);
        assertThat(admin.send("PUT", "/v1/services/a", Gateway.tcp("a", 1, "h:1").replace("{ \"name\"",
                "{ \"api_id\": \"b\", \"name\"")).status()).isEqualTo(400);
        Answer check = admin.send("POST", "/v1/check", "{\n  nonsense");
        assertThat(check.status()).isEqualTo(400);
        assertThat(check.json().get("errors").get(0).get("line").asInt()).isEqualTo(2);
        assertThat(check.json().get("errors").get(0).get("column").asInt()).isEqualTo(3);
        Answer empty = admin.send("POST", "/v1/check", "");
        assertThat(empty.status()).isEqualTo(400);
        assertThat(empty.json().get("errors").get(0).get("message").asText()).startsWith("the body is empty");
        for (String bad : List.of("[]", "7", "{ \"listen_port\": 70000 }", "{ \"api_id\": 7 }")) {
            Answer answered = admin.send("POST", "/v1/check", bad);
            assertThat(answered.status()).as(bad).isEqualTo(200);
            assertThat(answered.json().get("valid").asBoolean()).as(bad).isFalse();
            assertThat(answered.json().get("problems")).as(bad).isNotEmpty();
        }
        assertThat(admin.send("PUT", "/v1/services/7", "{ \"api_id\": 7, " + Gateway.tcp("a", 1, "h:1").substring(1)).status())
                .as("an id that is no string").isEqualTo(400);
        assertThat(admin.get("/v1/services").json().get("total").asInt()).isZero();
        assertThat(admin.get("/v1/status").json().get("problems")).isEmpty();
    }

    @Test
    void commentsOfADefinitionWithoutAnIdAreKept() throws Exception {
        String text = "{\n  // the echo\n  \"name\": \"x\", \"listen_port\": " + Gateway.freePort() + ", \"protocol\": \"tcp\",\n"
                + "  \"proxy\": { \"target_url\": \"" + server.address() + "\" }, // local\n}\n";
        assertThat(admin.send("PUT", "/v1/services/echo", text).status()).isEqualTo(201);
        assertThat(Files.readString(base.resolve("conf/services/echo.json")))
                .isEqualTo(text.replace("  \"name\"", "  \"api_id\": \"echo\",\n  \"name\""));
        assertThat(admin.get("/v1/services").json().get("items").findValuesAsText("id")).containsExactly("echo");
    }

    @Test
    void conflictIsTold() throws Exception {
        int port = Gateway.freePort();
        assertThat(admin.send("PUT", "/v1/services/a", Gateway.tcp("a", port, server.address())).status()).isEqualTo(201);
        Answer answer = admin.send("PUT", "/v1/services/b", Gateway.tcp("b", port, server.address()));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().get("errors").get(0).get("message").asText()).contains("\"a\"", "\"b\"");
    }

    @Test
    void pathsThatLeaveTheFolderAndNewVariablesAreRefused() throws Exception {
        Files.createSymbolicLink(base.resolve("conf/link"), Path.of("/etc"));
        for (String value : List.of("/etc/passwd", "../secret", "link/passwd")) {
            Answer answer = admin.send("PUT", "/v1/services/a", "{ \"name\": \"a\", \"listen_port\": " + Gateway.freePort()
                    + ", \"protocol\": \"tls\", \"certificates\": [\"" + value + "\"], \"proxy\": { \"target_url\": \"h:1\" } }");
            assertThat(answer.status()).as(value).isEqualTo(400);
            assertThat(answer.json().get("errors").get(0).get("code").asText()).isEqualTo("path_outside");
        }
        assertThat(admin.send("PUT", "/v1/services/a", Gateway.tcp("${HOME}", Gateway.freePort(), server.address())).json()
                .get("errors").get(0).get("code").asText()).isEqualTo("variable");
        int port = Gateway.freePort();
        gateway.service("v", Gateway.tcp("${NO_SUCH:-v}", port, server.address()));
        Gateway.eventually(() -> echoes(port));
        JsonNode definition = admin.get("/v1/services/v").json().get("definition");
        assertThat(definition.get("name").asText()).isEqualTo("${NO_SUCH:-v}");
        assertThat(admin.send("PUT", "/v1/services/v", definition.toString(), "If-Match", "*").status())
                .as("what is stored already may stay").isEqualTo(200);
        assertThat(Files.readString(base.resolve("conf/services/v.json"))).contains("${NO_SUCH:-v}");
        assertThat(echoes(port)).isTrue();
    }

    @Test
    void ofAHundredWritersWithOneTagExactlyOneWins() throws Exception {
        int port = Gateway.freePort();
        String tag = admin.send("PUT", "/v1/services/race", Gateway.tcp("race", port, server.address())).etag();
        ExecutorService writers = Executors.newFixedThreadPool(20);
        try {
            for (int round = 0; round < 3; round++) {
                String now = tag;
                Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
                Map<String, String> winners = new ConcurrentHashMap<>();
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    String name = "race-" + round + "-" + i;
                    all.add(writers.submit(() -> {
                        Answer answer = admin.send("PUT", "/v1/services/race", "{ \"api_id\": \"race\", "
                                + Gateway.tcp(name, port, server.address()).substring(1), "If-Match", now);
                        statuses.merge(answer.status(), 1, Integer::sum);
                        if (answer.status() == 200) {
                            winners.put(name, answer.etag());
                        }
                        return null;
                    }));
                }
                for (Future<?> one : all) {
                    one.get();
                }
                assertThat(statuses).isEqualTo(Map.of(200, 1, 412, 99));
                Answer stored = admin.get("/v1/services/race");
                assertThat(winners).containsEntry(stored.json().get("definition").get("name").asText(), stored.etag());
                tag = stored.etag();
            }
        } finally {
            writers.shutdownNow();
        }
        assertThat(echoes(port)).isTrue();
    }

    @Test
    void storeThatCannotBeWrittenChangesNothing() throws Exception {
        int port = Gateway.freePort();
        admin.send("PUT", "/v1/services/a", Gateway.tcp("a", port, server.address()));
        // in the way of the file that is written first; a missing permission would not stop the superuser
        Files.createDirectories(base.resolve("conf/services/.a.json.tmp/in-the-way"));
        Files.createDirectories(base.resolve("conf/services/.b.json.tmp/in-the-way"));
        long revision = admin.get("/v1/status").json().get("revision").asLong();
        Answer answer = admin.send("PUT", "/v1/services/b", Gateway.tcp("b", Gateway.freePort(), server.address()));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().get("errors").get(0).get("code").asText()).isEqualTo("not_stored");
        assertThat(admin.send("PUT", "/v1/services/a", Gateway.tcp("a", Gateway.freePort(), server.address()), "If-Match", "*")
                .status()).isEqualTo(503);
        assertThat(admin.get("/v1/status").json().get("revision").asLong()).isEqualTo(revision);
        assertThat(admin.get("/v1/services").json().get("total").asInt()).isEqualTo(1);
        assertThat(echoes(port)).isTrue();
    }

    @Test
    void neitherRemovalNorRollbackIsHalfDoneWhereTheStoreCannotBeWritten() throws Exception {
        int one = Gateway.freePort();
        int two = Gateway.freePort();
        gateway.service("both", "[ " + Gateway.tcp("one", one, server.address()) + ", "
                + Gateway.tcp("two", two, server.address()) + " ]");
        Gateway.eventually(() -> echoes(two));
        String before = Gateway.tcp("alone", Gateway.freePort(), server.address());
        admin.send("PUT", "/v1/services/alone", before);
        int three = Gateway.freePort();
        admin.send("PUT", "/v1/services/alone", Gateway.tcp("alone", three, server.address()), "If-Match", "*");
        admin.send("PUT", "/v1/services/one", Gateway.tcp("one", Gateway.freePort(), server.address()), "If-Match", "*");
        long change = admin.get("/v1/history").json().get("items").get(2).get("id").asLong();
        Files.createDirectories(base.resolve("conf/services/.both.json.tmp/in-the-way"));
        long revision = admin.get("/v1/status").json().get("revision").asLong();
        assertThat(admin.send("DELETE", "/v1/services/two", null, "If-Match", "*").status()).isEqualTo(503);
        assertThat(admin.send("POST", "/v1/history/" + change + "/rollback", null).status()).isEqualTo(503);
        assertThat(admin.get("/v1/status").json().get("revision").asLong()).isEqualTo(revision);
        assertThat(echoes(two)).isTrue();
        assertThat(echoes(three)).as("the rollback's other file").isTrue();
    }

    @Test
    void oneOfSeveralInAFileIsChangedWithoutTheOthers() throws Exception {
        int one = Gateway.freePort();
        int two = Gateway.freePort();
        gateway.service("both", "[ " + Gateway.tcp("one", one, server.address()) + ", "
                + Gateway.tcp("two", two, server.address()) + " ] // together");
        Gateway.eventually(() -> echoes(two));
        String other = Gateway.tcp("other", Gateway.freePort(), server.address()) + " // stays";
        gateway.service("other", other);
        gateway.awaitReady("three services", ready -> ready.get("listeners").size() == 3);
        int three = Gateway.freePort();
        Answer answer = admin.send("PUT", "/v1/services/two", Gateway.tcp("two", three, server.address()), "If-Match", "*");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(echoes(one)).isTrue();
        assertThat(echoes(three)).isTrue();
        assertThat(Files.readString(base.resolve("conf/services/other.json"))).isEqualTo(other);
        assertThat(admin.get("/v1/services").json().get("items").findValuesAsText("id")).containsExactly("one", "two", "other");
        assertThat(admin.send("DELETE", "/v1/services/one", null, "If-Match", "*").status()).isEqualTo(200);
        assertThat(admin.get("/v1/services").json().get("items").findValuesAsText("id")).containsExactly("two", "other");
    }

    @Test
    void serviceWhoseFileIsBrokenIsMendedByAPut() throws Exception {
        int port = Gateway.freePort();
        String definition = Gateway.tcp("echo", port, server.address());
        assertThat(admin.send("PUT", "/v1/services/echo", definition).status()).isEqualTo(201);
        Path file = base.resolve("conf/services/echo.json");
        Files.writeString(file, "{ oops");
        gateway.awaitReady("the file is a problem of its service", ready ->
                ready.get("problems").size() == 1 && ready.get("problems").get(0).get("service").asText().equals("echo"));
        assertThat(admin.get("/v1/services/echo").json().get("problems")).hasSize(1);
        assertThat(admin.send("PUT", "/v1/services/echo", definition, "If-Match", "*").status()).isEqualTo(200);
        assertThat(Files.readString(file)).contains("listen_port");
        assertThat(echoes(port)).isTrue();
        gateway.awaitReady("no problem is left", ready -> ready.get("problems").isEmpty());
    }

    @Test
    void brokenTextIsNotReplacedWhereTheHistoryCannotKeepIt() throws Exception {
        String definition = Gateway.tcp("echo", Gateway.freePort(), server.address());
        assertThat(admin.send("PUT", "/v1/services/echo", definition).status()).isEqualTo(201);
        Path file = base.resolve("conf/services/echo.json");
        Files.writeString(file, "{ oops");
        gateway.awaitReady("the file is broken", ready -> ready.get("problems").size() == 1);
        Path history = base.resolve("data/history");
        Files.move(history, base.resolve("data/aside"));
        Files.writeString(history, "in the way");
        assertThat(admin.send("PUT", "/v1/services/echo", definition, "If-Match", "*").status()).isEqualTo(503);
        assertThat(admin.send("DELETE", "/v1/services/echo", null, "If-Match", "*").status()).isEqualTo(503);
        assertThat(Files.readString(file)).isEqualTo("{ oops");
        Files.delete(history);
        Files.move(base.resolve("data/aside"), history);
        assertThat(admin.send("PUT", "/v1/services/echo", definition, "If-Match", "*").status()).isEqualTo(200);
        try (var entries = Files.list(history)) {
            assertThat(entries.sorted().skip(1)).singleElement().satisfies(entry -> assertThat(entry).content().contains("oops"));
        }
    }

    @Test
    void brokenFileOfSeveralIsLeftAlone() throws Exception {
        int port = Gateway.freePort();
        gateway.service("both", "[" + Gateway.tcp("one", port, server.address()) + ","
                + Gateway.tcp("two", Gateway.freePort(), server.address()) + "]");
        gateway.awaitReady("both run", ready -> ready.get("listeners").size() == 2);
        Path file = base.resolve("conf/services/both.json");
        Files.writeString(file, "[ oops");
        gateway.awaitReady("it is a problem", ready -> ready.get("problems").size() == 1);
        Answer refused = admin.send("PUT", "/v1/services/one", Gateway.tcp("one", port, server.address()), "If-Match", "*");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("errors").get(0).get("hint").asText()).isEqualTo(
                "mend the file at line 1 where it stands, then try again");
        assertThat(Files.readString(file)).isEqualTo("[ oops");
        assertThat(echoes(port)).isTrue();
    }

    @Test
    void rivalWithTheSameIdNeverStandsForTheOneThatRuns() throws Exception {
        int port = Gateway.freePort();
        assertThat(admin.send("PUT", "/v1/services/echo", Gateway.tcp("echo", port, server.address())).status()).isEqualTo(201);
        gateway.service("aaa", "{ \"api_id\": \"echo\", \"name\": \"rival\", \"listen_port\": " + Gateway.freePort()
                + ", \"protocol\": \"tcp\", \"proxy\": { \"target_url\": \"127.0.0.1:1\" } }");
        gateway.awaitReady("the rival is a problem", ready -> ready.get("problems").size() == 1);
        Answer shown = admin.get("/v1/services/echo");
        assertThat(shown.json().get("file").asText()).isEqualTo("conf/services/echo.json");
        assertThat(shown.json().get("problems").get(0).get("file").asText()).isEqualTo("conf/services/aaa.json");
        Answer put = admin.send("PUT", "/v1/services/echo", Gateway.tcp("echo", port, server.address()), "If-Match", shown.etag());
        assertThat(put.status()).as(put.json().toString()).isEqualTo(200);
        assertThat(echoes(port)).isTrue();
        Answer deleted = admin.send("DELETE", "/v1/services/echo?dry_run=true", "", "If-Match", "*");
        assertThat(deleted.json().get("problems").get(0).get("message").asText()).contains("conf/services/aaa.json");
    }

    @Test
    void changeThatFollowsAnEditOfTheFolderAtOnceGoesToTheNewFolder() throws Exception {
        String path = "/v1/services/a";
        String definition = Gateway.tcp("a", Gateway.freePort(), server.address());
        String etag = admin.send("PUT", path, definition).etag();
        Files.createDirectories(base.resolve("conf/elsewhere"));
        gateway.settings(Files.readString(base.resolve("conf/sluice.json")).replaceFirst("\\{", "{ \"app_path\": \"elsewhere\","));
        assertThat(admin.send("PUT", path, definition, "If-Match", etag).status()).as("it is not there any more").isEqualTo(412);
        assertThat(admin.send("PUT", path, definition).status()).isEqualTo(201);
        assertThat(base.resolve("conf/elsewhere/a.json")).exists();
        assertThat(admin.get(path).json().get("file").asText()).isEqualTo("conf/elsewhere/a.json");
    }

    @Test
    void historySaysWhoAndRollbackUndoes() throws Exception {
        int one = Gateway.freePort();
        int two = Gateway.freePort();
        admin.send("PUT", "/v1/services/a", Gateway.tcp("a", one, server.address()), "X-Author", "ann");
        admin.send("PUT", "/v1/services/a", Gateway.tcp("a", two, server.address()), "If-Match", "*");
        admin.send("PUT", "/v1/services/b", Gateway.tcp("b", Gateway.freePort(), server.address()));
        JsonNode history = admin.get("/v1/history").json().get("items");
        assertThat(history.findValuesAsText("author")).containsExactly("api", "api", "ann");
        long first = history.get(2).get("id").asLong();
        assertThat(admin.send("POST", "/v1/history/" + first + "/rollback?dry_run=true", null).json().get("changes")).hasSize(2);
        Answer back = admin.send("POST", "/v1/history/" + first + "/rollback", null);
        assertThat(back.status()).isEqualTo(200);
        assertThat(back.json().get("id").asLong()).isEqualTo(first);
        assertThat(echoes(one)).isTrue();
        assertThat(admin.get("/v1/services/b").status()).isEqualTo(404);
        assertThat(admin.send("POST", "/v1/history/999/rollback", null).status()).isEqualTo(404);
        assertThat(admin.send("DELETE", "/v1/services/a", null, "If-Match", "*").status()).isEqualTo(200);
        assertThat(admin.send("POST", "/v1/history/" + first + "/rollback", null).status()).as("what was removed comes back").isEqualTo(200);
        assertThat(echoes(one)).isTrue();
        try (var files = Files.list(base.resolve("data/history"))) {
            assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------"));
        }
    }

    @Test
    void changeOfAParkedDefinitionIsInTheHistoryOfWhoMadeIt() throws Exception {
        String parked = Gateway.tcp("a", Gateway.freePort(), server.address()).replaceFirst("\\{", "{ \"active\": false,");
        admin.send("PUT", "/v1/services/a", parked, "X-Author", "ann");
        admin.send("PUT", "/v1/services/a", parked.replace("\"a\"", "\"renamed\""), "If-Match", "*", "X-Author", "bob");
        JsonNode history = admin.get("/v1/history").json().get("items");
        assertThat(history.findValuesAsText("author")).containsExactly("bob", "ann");
    }
}
