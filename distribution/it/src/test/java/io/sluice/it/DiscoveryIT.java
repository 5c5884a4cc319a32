package io.sluice.it;

import static io.sluice.it.NamedServer.whoAreAt;
import static io.sluice.it.NamedServer.whoIsAt;
import static io.sluice.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets that change by themselves: each of the distribution's discoveries, with a real service behind it. */
class DiscoveryIT {


    @TempDir
    Path base;

    private Gateway gateway;
    private int port;
    private NamedServer listed;
    private NamedServer a;
    private NamedServer b;

    @BeforeEach
    void start() throws IOException {
        gateway = Gateway.on(base);
        port = Gateway.freePort();
        listed = new NamedServer('l');
        a = new NamedServer('a');
        b = new NamedServer('b');
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        listed.close();
        a.close();
        b.close();
    }

    private void define(String discovery) throws IOException {
        gateway.service("s", """
                { "name": "Found", "listen_port": %d, "protocol": "tcp", "enable_load_balancing": true,
                  "proxy": { "target_list": ["%s"], "service_discovery": %s } }""".formatted(port, listed.address(), discovery));
    }

    private void awaitAtThePort(char name) {
        await().until(() -> whoIsAt(port) == name);
    }

    private void awaitProblem(String start) {
        gateway.awaitReady(start, ready -> {
            for (JsonNode problem : ready.get("problems")) {
                if (problem.get("service").asText().equals("found") && problem.get("message").asText().startsWith(start)) {
                    return true;
                }
            }
            return false;
        });
    }

    private void awaitNoProblem() {
        gateway.awaitReady("no problem", ready -> ready.get("problems").isEmpty());
    }

    @Test
    void httpFollowsItsServiceAndKeepsTheLastGoodList() throws Exception {
        String[] answer = {"500", ""};
        HttpServer consul = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        consul.createContext("/v1/catalog/service/redis", exchange -> {
            synchronized (answer) {
                byte[] body = answer[1].getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(Integer.parseInt(answer[0]), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            }
        });
        consul.start();
        try {
            define("""
                    { "use_discovery_service": true, "endpoint_returns_list": true, "use_target_list": true,
                      "query_endpoint": "http://127.0.0.1:%d/v1/catalog/service/redis",
                      "data_path": "Address", "port_data_path": "ServicePort", "cache_timeout": 1,
                      "target_path": "/ignored/" }""".formatted(consul.getAddress().getPort()));
            gateway.start();
            awaitProblem("discovery: http://127.0.0.1");
            assertThat(whoIsAt(port)).as("the listed target serves until there is an answer").isEqualTo('l');

            answer(answer, "200", consul(a.port()));
            awaitAtThePort('a');
            awaitNoProblem();
            assertThat(gateway.ready().get("revision").asInt()).as("live state, no plan").isEqualTo(1);

            try (Socket onA = Gateway.connect(port)) {
                assertThat(onA.getInputStream().read()).isEqualTo('a');
                answer(answer, "200", consul(b.port()));
                awaitAtThePort('b');
                assertThat(whoAreAt(port, 4)).isEqualTo("bbbb");
                assertThat(NamedServer.isAlive(onA)).as("a target that vanishes drains").isTrue();
            }

            for (String[] failure : new String[][] {{"500", consul(a.port())}, {"200", "<html>sorry</html>"}, {"200", "[]"},
                    {"200", "[\"\"]"}, {"200", "[{\"Address\": \"http://127.0.0.1\"}]"}}) {
                answer(answer, "200", consul(b.port()));
                awaitNoProblem();
                answer(answer, failure[0], failure[1]);
                awaitProblem("discovery: ");
                assertThat(whoAreAt(port, 2)).as(failure[1]).isEqualTo("bb");
            }

            answer(answer, "200", consul(a.port(), b.port()));
            awaitNoProblem();
            await().until(() -> whoAreAt(port, 2), who -> who.contains("a") && who.contains("b"));
        } finally {
            consul.stop(0);
        }
    }

    private static void answer(String[] answer, String status, String body) {
        synchronized (answer) {
            answer[0] = status;
            answer[1] = body;
        }
    }

    private static String consul(int... ports) {
        StringBuilder list = new StringBuilder("[");
        for (int port : ports) {
            list.append(list.length() > 1 ? "," : "").append("{ \"Node\": \"n\", \"Address\": \"http://127.0.0.1/\", \"ServicePort\": ")
                    .append(port).append(" }");
        }
        return list.append("]").toString();
    }

    @Test
    void dnsFollowsServiceRecordsAndKeepsTheLastGoodList() throws Exception {
        try (ZoneServer dns = new ZoneServer()) {
            define("{ \"name\": \"dns\", \"host\": \"_redis._tcp.test\", \"record\": \"SRV\", \"servers\": [\"" + dns.address()
                    + "\"] }");
            gateway.start();
            awaitProblem("discovery: _redis._tcp.test does not exist (NXDOMAIN)");
            assertThat(whoIsAt(port)).isEqualTo('l');

            dns.ports(a.port());
            awaitAtThePort('a');
            awaitNoProblem();
            dns.ports(b.port());
            awaitAtThePort('b');
            dns.ports();
            awaitProblem("discovery: _redis._tcp.test does not exist (NXDOMAIN)");
            assertThat(whoAreAt(port, 2)).isEqualTo("bb");
            dns.ports(a.port(), b.port());
            await().until(() -> whoAreAt(port, 2), who -> who.contains("a") && who.contains("b"));
        }
    }

    @Test
    void fileIsFollowedHoweverItIsWritten() throws Exception {
        Path file = Files.createDirectories(base.resolve("conf/targets")).resolve("redis.json");
        Files.writeString(file, "[\"tcp://" + a.address() + "\"]");
        define("{ \"name\": \"file\", \"path\": \"targets/redis.json\" }");
        gateway.start();
        awaitAtThePort('a');

        Path next = Files.writeString(file.resolveSibling(".redis.json.new"),
                "[{ \"url\": \"" + b.address() + "\", \"weight\": 2 }, { \"url\": \"" + a.address() + "\", \"weight\": 0 }]");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        awaitAtThePort('b');
        assertThat(whoAreAt(port, 4)).as("weight 0 parks").isEqualTo("bbbb");
        assertThat(gateway.ready().get("revision").asInt()).as("no definition changed").isEqualTo(1);

        Files.writeString(file, "[\"tcp://" + a.address() + "\", \"tcp");
        awaitProblem("discovery: targets/redis.json: ");
        assertThat(whoAreAt(port, 2)).isEqualTo("bb");
        Files.delete(file);
        awaitProblem("discovery: targets/redis.json does not exist");
        assertThat(whoAreAt(port, 2)).isEqualTo("bb");
        Files.writeString(file, "[\"tcp://" + a.address() + "\"]");
        awaitAtThePort('a');
        awaitNoProblem();
    }

    @Test
    void mistakesInDefinitionsAreSaidWithTheirPlaces() throws Exception {
        define("""
                {
                    "name": "dns", "host": "a b", "record": "MX", "port": 70000 }""");

        Gateway.Result check = gateway.command("check", "--base", base.toString());

        assertThat(check.exit()).isEqualTo(3);
        assertThat(check.out()).contains("error: record: \"MX\" (expected: one of A, AAAA, SRV)",
                "error: port: 70000 (expected: 0 to 65535)");
        define("{ \"name\": \"zookeeper\" }");
        assertThat(gateway.command("check", "--base", base.toString()).out())
                .contains("proxy.service_discovery: \"zookeeper\" is not installed (installed: dns, file, http)");
        define("{ \"name\": \"file\", \"path\": \"/etc/passwd\" }");
        assertThat(gateway.command("check", "--base", base.toString()).out())
                .contains("path: \"/etc/passwd\" (expected: a file below conf/, relative to it)");
        define("{ \"use_discovery_service\": false, \"query_endpoint\": \"\" }");
        assertThat(gateway.command("check", "--base", base.toString()).exit()).isZero();
        define("{ \"use_discovery_service\": true, \"query_endpoint\": \"consul:8500\" }");
        assertThat(gateway.command("check", "--base", base.toString()).out()).contains("query_endpoint: ", "expected: http://host:port/path");
    }
}
