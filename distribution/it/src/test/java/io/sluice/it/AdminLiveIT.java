package io.sluice.it;

import static io.sluice.it.EchoServer.echoes;
import static io.sluice.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.it.Admin.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the admin API on the zip tells of a gateway at work, and does to it. */
class AdminLiveIT extends AdminOpen {

    @Test
    void deadlineOfADrainMayStandInTheBodyAndNoBodyIsPassedOver() throws Exception {
        int port = Gateway.freePort();
        admin.send("PUT", "/v1/services/a", Gateway.tcp("a", port, server.address()));
        String target = "/v1/targets/a/" + admin.get("/v1/targets").json().get("items").get(0).get("id").asText();
        try (Socket socket = Gateway.connect(port)) {
            socket.getOutputStream().write('x');
            assertThat(socket.getInputStream().read()).isEqualTo('x');
            for (String mistake : List.of("{\"deadlines\": \"1s\"}", "{\"deadline\": \"soon\"}", "[]", "1s")) {
                assertThat(admin.send("POST", target + "/drain", mistake).status()).as(mistake).isEqualTo(400);
            }
            assertThat(admin.get(target).json().get("state").asText()).isEqualTo("ready");
            assertThat(admin.send("POST", target + "/drain", "{}").status()).isEqualTo(200);
            assertThat(admin.get(target).json().get("state").asText()).isEqualTo("draining");
            assertThat(admin.send("POST", target + "/drain", "{\"deadline\": \"10ms\"}").status()).isEqualTo(200);
            assertThat(Gateway.isEnded(socket)).isTrue();
        }
        assertThat(admin.send("POST", "/v1/reload", "{\"deadline\": \"1s\"}").status()).isEqualTo(400);
        assertThat(admin.send("DELETE", "/v1/services/a", "{\"deadline\": \"1s\"}", "If-Match", "*").status()).isEqualTo(400);
        assertThat(admin.get("/v1/services/a").status()).isEqualTo(200);
    }

    @Test
    void probeOnRequestOfATargetThatNothingChecksIsTheConnectionItself() throws Exception {
        try (EchoServer other = new EchoServer(EchoServer.ECHO)) {
            admin.send("PUT", "/v1/services/a", "{ \"name\": \"a\", \"listen_port\": " + Gateway.freePort() + ", \"protocol\": \"tcp\","
                    + " \"proxy\": { \"target_list\": [\"" + server.address() + "\", \"tls://" + other.address() + "\"],"
                    + " \"transport\": { \"ssl_insecure_skip_verify\": true } } }");
            // it has five seconds, in which a machine may stand still
            JsonNode probed = Gateway.eventually(() -> {
                JsonNode answer = admin.json("POST", "/v1/targets/a/" + server.address() + "/check");
                assertThat(answer.get("healthy").asBoolean()).as(answer.toString()).isTrue();
                return answer;
            });
            assertThat(probed.get("transcript").findValuesAsText("step")).containsExactly("connect");
            JsonNode plain = admin.send("POST", "/v1/targets/a/" + other.address() + "/check", null).json();
            assertThat(plain.get("healthy").asBoolean()).as("an echo is no TLS").isFalse();
            assertThat(plain.get("reason").asText()).isNotEmpty();
        }
        JsonNode targets = admin.get("/v1/targets").json().get("items");
        assertThat(targets.findValuesAsText("health")).as("it counts for nothing").containsExactly("unchecked", "unchecked");
        assertThat(targets.get(1).get("last_probe").isNull()).isTrue();
        assertThat(admin.send("POST", "/v1/targets/a/h:1/check", null).status()).isEqualTo(404);
    }

    @Test
    void portThatSomeoneElseHoldsIsAProblemOfItsServiceWhileThatLasts() throws Exception {
        int port;
        try (ServerSocket squatter = new ServerSocket(Gateway.freePort(), 1, InetAddress.getLoopbackAddress())) {
            port = squatter.getLocalPort();
            Answer put = admin.send("PUT", "/v1/services/a", Gateway.tcp("a", port, server.address()));
            assertThat(put.status()).isEqualTo(201);
            assertThat(put.json().get("problems").findValuesAsText("code")).contains("listener_failed");
            JsonNode problem = admin.get("/v1/services/a").json().get("problems").get(0);
            assertThat(problem.get("code").asText()).isEqualTo("listener_failed");
            assertThat(problem.get("hint").asText()).contains(Integer.toString(port));
            assertThat(admin.get("/v1/status").json().get("problems").findValuesAsText("code")).contains("listener_failed");
            assertThat(admin.get("/metrics").response().body()).contains("sluice_problems{state=\"error\"} 1");
        }
        await().until(() -> admin.get("/v1/services/a").json().get("problems").isEmpty());
        List<String> types = new ArrayList<>();
        try (BufferedReader events = new BufferedReader(new InputStreamReader(admin.stream("/v1/events", "Last-Event-ID", "0")))) {
            readUntil(events, "ProblemCleared", types, new HashMap<>());
        }
        assertThat(types.stream().filter(type -> type.equals("ProblemRaised"))).hasSize(1);
    }

    @Test
    void connectionsAreListedInPagesAndClosed() throws Exception {
        int port = Gateway.freePort();
        admin.send("PUT", "/v1/services/a", Gateway.tcp("a", port, server.address()));
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < 7; i++) {
                Socket socket = Gateway.connect(port);
                open.add(socket);
                socket.getOutputStream().write('x');
                assertThat(socket.getInputStream().read()).isEqualTo('x');
            }
            List<String> ids = new ArrayList<>();
            String cursor = "";
            do {
                JsonNode page = admin.get("/v1/connections?limit=3" + (cursor.isEmpty() ? "" : "&cursor=" + cursor)).json();
                assertThat(page.get("total").asInt()).isEqualTo(7);
                page.get("items").forEach(one -> ids.add(one.get("id").asText()));
                cursor = page.path("next").asText("");
            } while (!cursor.isEmpty());
            assertThat(ids).hasSize(7).doesNotHaveDuplicates();
            // read from another thread, and so perhaps a moment old
            await().untilAsserted(() -> {
                JsonNode totals = admin.get("/v1/status").json().get("totals");
                assertThat(totals.get("bytes_from_client").asLong()).as("of live ones").isEqualTo(7);
                assertThat(totals.get("bytes_to_client").asLong()).isEqualTo(7);
            });
            JsonNode one = admin.get("/v1/connections/" + ids.get(0)).json();
            assertThat(one.get("bytes_from_client").asLong()).isEqualTo(1);
            assertThat(one.get("service").asText()).isEqualTo("a");
            assertThat(one.get("target").asText()).isEqualTo(server.address());
            assertThat(admin.send("DELETE", "/v1/connections", null).status()).isEqualTo(400);
            assertThat(admin.send("DELETE", "/v1/connections/" + ids.get(0), null).json().get("closed").asInt()).isEqualTo(1);
            assertThat(admin.send("DELETE", "/v1/connections/" + ids.get(0), null).status()).as("it is as good as gone").isEqualTo(404);
            assertThat(admin.send("DELETE", "/v1/connections?service=a&dry_run=true", null).json().get("dry_run").asBoolean()).isTrue();
            assertThat(admin.send("DELETE", "/v1/connections?service=a&target=" + server.address(), null).json()
                    .get("closed").asInt()).isEqualTo(6);
            assertThat(admin.get("/v1/connections?service=a").json().get("total").asInt()).isZero();
            assertThat(admin.send("DELETE", "/v1/connections/" + ids.get(0), null).status()).isEqualTo(404);
            assertThat(admin.get("/v1/connections?limit=0").status()).isEqualTo(400);
            assertThat(admin.get("/v1/connections?cursor=%20").status()).isEqualTo(400);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
        await().untilAsserted(() -> assertThat(gateway.accessLog()).hasSize(7)
                .extracting(line -> line.get("close_reason").asText()).containsOnly("closed_by_operator"));
    }

    @Test
    void eventsComeAndCanBeTakenUpAgain() throws Exception {
        List<String> seen = new ArrayList<>();
        Map<String, String> last = new HashMap<>();
        try (BufferedReader events = reader("/v1/events")) {
            admin.send("PUT", "/v1/services/a", Gateway.tcp("a", Gateway.freePort(), server.address()));
            readUntil(events, "PlanApplied", seen, last);
        }
        admin.send("DELETE", "/v1/services/a", null, "If-Match", "*");
        try (BufferedReader events = new BufferedReader(new InputStreamReader(
                admin.stream("/v1/events", "Last-Event-ID", last.get("id"))))) {
            readUntil(events, "PlanApplied", seen, last);
        }
        assertThat(seen).contains("ListenerState", "PlanApplied");
        assertThat(admin.get("/v1/events?after=x").status()).isEqualTo(400);
    }

    private BufferedReader reader(String path) throws Exception {
        return new BufferedReader(new InputStreamReader(admin.stream(path)));
    }

    private static void readUntil(BufferedReader events, String type, List<String> seen, Map<String, String> last)
            throws IOException {
        for (String line = events.readLine(); line != null; line = events.readLine()) {
            if (line.startsWith("id: ")) {
                last.put("id", line.substring(4));
            } else if (line.startsWith("event: ")) {
                seen.add(line.substring(7));
                if (line.endsWith(type)) {
                    return;
                }
            }
        }
        throw new AssertionError("the stream has ended");
    }

    @Test
    void explanationIsWhatThenHappens() throws Exception {
        int port = Gateway.freePort();
        admin.send("PUT", "/v1/services/a", "{ \"name\": \"a\", \"listen_port\": " + port + ", \"protocol\": \"tcp\","
                + " \"enable_ip_blacklisting\": true, \"blacklisted_ips\": [\"127.0.0.9\"], \"enable_load_balancing\": true,"
                + " \"proxy\": { \"target_list\": [\"" + server.address() + "\", { \"url\": \"127.0.0.1:1\", \"weight\": 0 }] } }");
        JsonNode good = admin.send("POST", "/v1/explain", "{ \"port\": " + port + ", \"client\": \"127.0.0.1\" }").json();
        assertThat(good.get("outcome").asText()).isEqualTo("accepted");
        assertThat(good.get("target").asText()).isEqualTo(server.address());
        assertThat(good.get("candidates").get(1).get("in").asBoolean()).isFalse();
        assertThat(echoes(port)).isTrue();
        JsonNode bad = admin.send("POST", "/v1/explain", "{ \"port\": " + port + ", \"client\": \"127.0.0.9\" }").json();
        assertThat(bad.get("reason").asText()).isEqualTo("access_denied");
        try (Socket refused = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName("127.0.0.9"), 0)) {
            assertThat(refused.getInputStream().read()).isEqualTo(-1);
        }
        await().until(() -> admin.get("/v1/refused").json().get("total").asInt() == 1);
        assertThat(admin.get("/v1/refused").json().get("items").get(0).get("explanation").get("reason").asText())
                .isEqualTo("access_denied");
        for (String junk : List.of("{}", "{ \"port\": 0 }", "{ \"port\": \"x\" }", "[]", "",
                "{ \"port\": 1, \"client\": \"somewhere\" }", "{ \"port\": 1, \"client\": \"localhost\" }",
                "{ \"port\": 1, \"presented_client\": \"localhost\" }", "{ \"port\": 1, \"address\": \"localhost\" }",
                "{ \"port\": 1, \"server_name\": \"*.example\" }", "{ \"port\": 1, \"server_name\": \"a b\" }",
                "{ \"port\": 1, \"client_certificate\": \"junk\" }", "{ \"port\": 1, \"client\": \"\" }", "{ \"port\": 1, \"unknown\": 1 }")) {
            assertThat(admin.send("POST", "/v1/explain", junk).status()).as(junk).isEqualTo(400);
        }
    }

    @Test
    void conversationIsTriedWithoutBeingSaved() throws Exception {
        Answer answer = admin.send("POST", "/v1/conversations", "{ \"url\": \"" + server.address() + "\","
                + " \"timeout\": \"60s\", \"commands\":"
                + " [ { \"name\": \"send\", \"message\": \"PING\" }, { \"name\": \"expect\", \"message\": \"PING\" } ] }");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("healthy").asBoolean()).as(answer.response().body()).isTrue();
        assertThat(answer.json().get("transcript")).hasSize(3);
        Answer unknown = admin.send("POST", "/v1/conversations", "{ \"url\": \"h:1\", \"commands\": [ { \"name\": \"shout\" } ] }");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.json().get("errors").get(0).get("message").asText()).contains("expect", "send");
    }

    @Test
    void conversationsWithServersThatSayNothingLeaveRoomForOtherQuestions() throws Exception {
        ExecutorService people = Executors.newFixedThreadPool(12);
        List<CompletableFuture<Integer>> asked;
        try (ServerSocket silent = new ServerSocket(Gateway.freePort(), 50, InetAddress.getLoopbackAddress())) {
            String ask = "{ \"url\": \"127.0.0.1:" + silent.getLocalPort() + "\", \"timeout\": \"60s\","
                    + " \"commands\": [ { \"name\": \"expect\", \"message\": \"x\" } ] }";
            asked = IntStream.range(0, 12)
                    .mapToObj(one -> CompletableFuture.supplyAsync(() -> send(ask).status(), people)).toList();
            await("those for whom there is no room").until(() -> asked(asked).size() == 8);
            assertThat(admin.get("/v1/status").status()).isEqualTo(200);
            assertThat(asked(asked)).as("the others wait").containsOnly(503).hasSize(8);
        } finally {
            people.shutdown();
        }
        // the server's end is an answer as well
        assertThat(asked).extracting(CompletableFuture::join).filteredOn(status -> status == 200).hasSize(4);
    }

    private static List<Integer> asked(List<CompletableFuture<Integer>> people) {
        return people.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join).toList();
    }

    private Answer send(String conversation) {
        try {
            return admin.send("POST", "/v1/conversations", conversation);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void pluginThatIsUnloadedTakesItsServicesAlong() throws Exception {
        int port = Gateway.freePort();
        admin.send("PUT", "/v1/services/a", Gateway.tcp("a", port, server.address()));
        try (Socket open = Gateway.connect(port)) {
            open.getOutputStream().write('x');
            assertThat(open.getInputStream().read()).isEqualTo('x');
            assertThat(admin.send("DELETE", "/v1/plugins/balancer-round-robin?dry_run=true", null).status()).isEqualTo(200);
            assertThat(admin.send("DELETE", "/v1/plugins/protocol-tcp", null).status()).isEqualTo(200);
            assertThat(open.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(admin.get("/v1/services/a").json().get("state").asText()).isEqualTo("refused");
        assertThat(admin.get("/v1/listeners").json().get("total").asInt()).isZero();
        assertThat(admin.send("DELETE", "/v1/plugins/absent", null).status()).isEqualTo(404);
    }

    @Test
    void serverThatIsUnloadedAnswersFirst() throws Exception {
        assertThat(admin.send("DELETE", "/v1/plugins/admin-http", null).json().get("name").asText()).isEqualTo("admin-http");
        gateway.awaitReady("nobody listens for operators", ready -> ready.get("admin").isNull());
    }

    @Test
    void serverItselfIsReplacedWhileItServes() throws Exception {
        int port = Gateway.freePort();
        admin.send("PUT", "/v1/services/a", Gateway.tcp("a", port, server.address()));
        String before = gateway.ready().get("admin").asText();
        try (Socket open = Gateway.connect(port)) {
            nextVersion("admin-http", "9.0.0");
            // another port, because any was asked for
            gateway.awaitReady("the new one", ready -> !ready.get("admin").isNull() && !ready.get("admin").asText().equals(before));
            JsonNode plugins = Admin.of(gateway).get("/v1/plugins").json().get("items");
            assertThat(plugins.findValuesAsText("version")).contains("9.0.0");
            open.getOutputStream().write('x');
            assertThat(open.getInputStream().read()).isEqualTo('x');
        }
        await().ignoreExceptionsInstanceOf(IOException.class).untilAsserted(() -> assertThat(Admin.of(gateway).get("/v1/plugins").response().body())
                .as("the old one has ended").doesNotContain("DRAINING"));
    }

    /** Drops a plugin of the distribution again, as if it were a later version. */
    private void nextVersion(String name, String version) throws IOException {
        Path jar = PluginJar.shipped().stream().filter(file -> file.getFileName().toString().startsWith(name)).findFirst()
                .orElseThrow();
        PluginJar.put(base.resolve("plugins/" + name + "-" + version + ".jar"), PluginJar.version(jar, version));
    }
}
