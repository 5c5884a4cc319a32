package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.it.Admin.Answer;
import io.sluice.it.ApiDocument.Operation;
import io.sluice.testing.certs.Authority;
import io.sluice.testing.certs.CertificateRequest;
import io.sluice.testing.certs.Issued;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The document of the API and the server that it speaks of: every operation, every code, the shape of every answer. */
class ApiDocumentIT extends Unstarted {

    /** Nothing that a client sends leads to these for sure; those that were seen are looked at as well. */
    private static final Set<Integer> BY_CHANCE = Set.of(500, 503);
    private static final List<String> METHODS = List.of("GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS");

    private final Map<Operation, Set<Integer>> seen = new HashMap<>();
    private Admin admin;
    private ApiDocument document;
    private int port;

    @BeforeEach
    void start() throws Exception {
        port = Gateway.freePort();
        gateway.with("\"admin\": { \"address\": \"127.0.0.1:0\" }").service("a", definition("a", port)).start();
        admin = Admin.of(gateway);
        document = new ApiDocument(admin.get("/v1/openapi.json").json());
    }

    private String definition(String name, int at) {
        return "{ \"name\": \"" + name + "\", \"listen_port\": " + at + ", \"protocol\": \"tcp\", \"enable_ip_blacklisting\": true,"
                + " \"blacklisted_ips\": [\"127.0.0.9\"], \"proxy\": { \"target_url\": \"" + server.address() + "\" },"
                + " \"uptime_tests\": { \"check_list\": [{ \"url\": \"" + server.address() + "\","
                + " \"commands\": [{ \"name\": \"send\", \"message\": \"x\" }, { \"name\": \"expect\", \"message\": \"x\" }] }] } }";
    }

    @Test
    void documentIsOneOfOpenApi() throws Exception {
        assertThat(document.mistakes()).isEmpty();
        assertThat(document.operations()).extracting(Operation::path)
                .contains("/hello", "/ready", "/metrics", "/tyk/apis", "/tyk/apis/{id}", "/tyk/certs", "/v1/events", "/v1/schema");
        Set<String> ids = new TreeSet<>();
        JsonNode paths = admin.get("/v1/openapi.json").json().get("paths");
        paths.forEach(path -> path.forEach(operation -> assertThat(ids.add(operation.get("operationId").asText())).isTrue()));
    }

    @Test
    void methodsThatAPathDoesNotHaveAreRefused() throws Exception {
        for (Operation one : document.operations()) {
            for (String method : METHODS) {
                if (document.codes(new Operation(method, one.path())).isEmpty()) {
                    Answer answer = admin.send(method, filled(one.path()), null);
                    assertThat(answer.status()).as(method + " " + one.path()).isEqualTo(405);
                    assertThat(answer.header("allow").split(", ")).contains(one.method()).doesNotContain(method);
                    assertThat(answer.response().body()).contains(one.path().startsWith("/tyk") ? "\"status\":\"error\"" : "\"detail\":");
                }
            }
        }
    }

    @Test
    void everyAnswerIsOneThatTheDocumentKnows() throws Exception {
        try (Socket live = Gateway.connect(port)) {
            live.getOutputStream().write('x');
            assertThat(live.getInputStream().read()).isEqualTo('x');
            try (Socket refused = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName("127.0.0.9"), 0)) {
                assertThat(refused.getInputStream().read()).isEqualTo(-1);
            }
            state();
            services();
            targets();
            certificates();
            tyk();
            connections();
        }
        storeThatCannotBeWritten();
        for (Operation operation : document.operations()) {
            refusedByTheServer(operation);
            Set<Integer> missing = new TreeSet<>(document.codes(operation));
            missing.removeAll(seen.getOrDefault(operation, Set.of()));
            missing.removeAll(BY_CHANCE);
            assertThat(missing).as(operation + " answers none of these").isEmpty();
        }
    }

    private void state() throws Exception {
        for (String path : List.of("/hello", "/ready", "/v1/status", "/v1/listeners", "/v1/plugins", "/v1/schema", "/v1/openapi.json",
                "/metrics", "/v1/refused", "/v1/history", "/tyk/apis", "/tyk/reload", "/tyk/reload/group")) {
            ask(200, "GET", path, path, null);
        }
        Gateway.eventually(() -> !admin.json("GET", "/v1/refused").get("items").isEmpty());
        ask(200, "GET", "/v1/refused", "/v1/refused", null);
        ask(200, "GET", "/metrics", "/metrics", null, "Accept", "application/openmetrics-text");
        for (String list : List.of("/v1/listeners", "/v1/plugins", "/v1/refused", "/v1/history", "/v1/services", "/v1/targets",
                "/v1/connections", "/v1/certificates")) {
            ask(400, "GET", list, list + "?limit=x", null);
            ask(200, "GET", list, list + "?limit=1", null);
        }
        ask(200, "POST", "/v1/reload", "/v1/reload", null);
        ask(200, "POST", "/v1/reload", "/v1/reload?dry_run=true", null);
        ask(400, "POST", "/v1/reload", "/v1/reload?dry-run=true", null);
        for (String path : List.of("/tyk/reload", "/tyk/reload/group")) {
            ask(200, "GET", path, path + "?dry_run=true", null);
            ask(400, "GET", path, path + "?dry_run=1", null);
        }
        ask(200, "POST", "/v1/explain", "/v1/explain", "{ \"port\": " + port + ", \"client\": \"127.0.0.9\" }");
        ask(200, "POST", "/v1/explain", "/v1/explain", "{ \"port\": " + port + ", \"alpn\": \"x\" }");
        ask(200, "POST", "/v1/explain", "/v1/explain", "{ \"port\": 1 }");
        ask(400, "POST", "/v1/explain", "/v1/explain", "{ \"port\": \"x\" }");
        ask(200, "GET", "/v1/plugins/{name}", "/v1/plugins/balancer-random", null);
        ask(404, "GET", "/v1/plugins/{name}", "/v1/plugins/none", null);
        ask(200, "DELETE", "/v1/plugins/{name}", "/v1/plugins/balancer-random?dry_run=true", null);
        ask(200, "DELETE", "/v1/plugins/{name}", "/v1/plugins/balancer-random", null);
        ask(404, "DELETE", "/v1/plugins/{name}", "/v1/plugins/none", null);
        ask(400, "GET", "/v1/events", "/v1/events?after=x", null);
        try (InputStream events = admin.stream("/v1/events?after=0")) {
            assertThat(events.readNBytes(7)).asString(StandardCharsets.UTF_8).isEqualTo("retry: ");
            see(new Operation("GET", "/v1/events"), 200);
        }
    }

    private void services() throws Exception {
        String one = "/v1/services/{id}";
        String b = "/v1/services/b";
        String body = definition("b", Gateway.freePort());
        ask(200, "GET", "/v1/services", "/v1/services", null);
        String tag = ask(200, "GET", one, "/v1/services/a", null).etag();
        ask(304, "GET", one, "/v1/services/a", null, "If-None-Match", tag);
        ask(404, "GET", one, "/v1/services/none", null);
        ask(200, "PUT", one, b + "?dry_run=true", body);
        ask(201, "PUT", one, b, body);
        ask(428, "PUT", one, b, body);
        ask(412, "PUT", one, b, body, "If-Match", "\"x\"");
        ask(200, "PUT", one, b, body, "If-Match", "*");
        ask(400, "PUT", one, b, "{ \"listen_port\": 70000 }", "If-Match", "*");
        ask(409, "PUT", one, "/v1/services/c", definition("c", port));
        ask(200, "POST", "/v1/check", "/v1/check", definition("c", port));
        ask(200, "POST", "/v1/check", "/v1/check", definition("c", Gateway.freePort()));
        ask(400, "POST", "/v1/check", "/v1/check", "{");
        ask(428, "DELETE", one, b, null);
        ask(412, "DELETE", one, b, null, "If-Match", "\"x\"");
        ask(400, "DELETE", one, b, "{ \"force\": true }", "If-Match", "*");
        ask(200, "DELETE", one, b + "?dry_run=true", null, "If-Match", "*");
        ask(200, "DELETE", one, b, null, "If-Match", "*");
        ask(404, "DELETE", one, b, null);
        long change = ask(200, "GET", "/v1/history", "/v1/history", null).json().get("items").get(0).get("id").asLong();
        String back = "/v1/history/{id}/rollback";
        ask(200, "POST", back, "/v1/history/" + (change - 1) + "/rollback?dry_run=true", null);
        ask(200, "POST", back, "/v1/history/" + (change - 1) + "/rollback", null);
        ask(200, "PUT", one, b, definition("b", Gateway.freePort()), "If-Match", "*");
        gateway.service("b", "{");
        gateway.awaitReady("a broken file", ready -> ready.get("problems").toString().contains("b.json"));
        ask(409, "POST", back, "/v1/history/" + (change - 1) + "/rollback", null);
        gateway.service("b", body);
        gateway.awaitReady("a file that is mended", ready -> !ready.get("problems").toString().contains("b.json"));
        ask(404, "POST", back, "/v1/history/999/rollback", null);
        gateway.service("bad", "{ \"name\": \"bad\", \"listen_port\": 70000 }");
        gateway.awaitReady("a problem", ready -> ready.get("problems").toString().contains("bad.json"));
        ask(200, "GET", "/v1/services", "/v1/services", null);
        ask(200, "GET", "/v1/status", "/v1/status", null);
    }

    private void targets() throws Exception {
        String one = "/v1/targets/{service}/{target}";
        String a = "/v1/targets/a/" + server.address();
        ask(200, "GET", "/v1/targets", "/v1/targets?service=a", null);
        ask(200, "POST", one + "/check", a + "/check", null);
        ask(200, "GET", one, a, null);
        ask(200, "GET", one + "/probes", a + "/probes", null);
        for (String operation : List.of("drain", "maintain", "ready")) {
            ask(200, "POST", one + "/" + operation, a + "/" + operation + "?dry_run=true", null);
            ask(200, "POST", one + "/" + operation, a + "/" + operation, "{ \"deadline\": \"1h\" }");
            ask(400, "POST", one + "/" + operation, a + "/" + operation + "?deadline=soon", null);
            ask(400, "POST", one + "/" + operation, a + "/" + operation + "?deadline=999999999h", null);
        }
        for (Operation operation : document.operations()) {
            if (operation.path().startsWith(one)) {
                ask(404, operation.method(), operation.path(), operation.path().replace("{service}", "a").replace("{target}", "h:1"), null);
            }
        }
        ask(200, "POST", "/v1/conversations", "/v1/conversations", "{ \"url\": \"" + server.address() + "\" }");
        ask(200, "POST", "/v1/conversations", "/v1/conversations", "{ \"url\": \"127.0.0.1:1\", \"commands\": [] }");
        ask(400, "POST", "/v1/conversations", "/v1/conversations", "{ \"url\": 7 }");
    }

    private void certificates() throws Exception {
        Issued issued = Authority.selfSigned(CertificateRequest.forName("localhost"));
        String id = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(issued.certificate().getEncoded()));
        String one = "/v1/certificates/{id}";
        String path = "/v1/certificates/" + id;
        ask(400, "PUT", one, path, "junk");
        ask(200, "PUT", one, path + "?dry_run=true", issued.pem());
        ask(201, "PUT", one, path, issued.pem());
        ask(200, "PUT", one, path, issued.pem());
        ask(200, "GET", "/v1/certificates", "/v1/certificates", null);
        ask(200, "GET", one, path, null);
        ask(404, "GET", one, "/v1/certificates/none", null);
        ask(404, "DELETE", one, "/v1/certificates/none", null);
        ask(200, "GET", "/tyk/certs", "/tyk/certs", null);
        ask(200, "GET", "/tyk/certs", "/tyk/certs?mode=detailed", null);
        ask(200, "GET", "/tyk/certs/{id}", "/tyk/certs/" + id, null);
        ask(200, "GET", "/tyk/certs/{id}", "/tyk/certs/" + id + ",x", null);
        ask(403, "POST", "/tyk/certs", "/tyk/certs", issued.pem());
        ask(201, "PUT", "/v1/services/{id}", "/v1/services/tls", "{ \"name\": \"tls\", \"listen_port\": " + Gateway.freePort()
                + ", \"protocol\": \"tls\", \"certificates\": [\"" + id + "\"], \"proxy\": { \"target_url\": \"" + server.address() + "\" } }");
        ask(409, "DELETE", one, path, null);
        ask(409, "DELETE", "/tyk/certs/{id}", "/tyk/certs/" + id, null);
        ask(200, "DELETE", "/v1/services/{id}", "/v1/services/tls", null, "If-Match", "*");
        ask(200, "DELETE", one, path + "?dry_run=true", null);
        ask(200, "DELETE", one, path, null);
        ask(200, "POST", "/tyk/certs", "/tyk/certs", issued.pem());
        ask(403, "POST", "/tyk/certs", "/tyk/certs", "junk");
        ask(400, "POST", "/tyk/certs", "/tyk/certs?dry-run=true", issued.pem());
        ask(400, "DELETE", "/tyk/certs/{id}", "/tyk/certs/" + id + "?dry_run=1", null);
        ask(200, "DELETE", "/tyk/certs/{id}", "/tyk/certs/" + id, null);
        ask(404, "GET", "/tyk/certs/{id}", "/tyk/certs/" + id, null);
    }

    private void tyk() throws Exception {
        String one = "/tyk/apis/{id}";
        String body = "{ \"api_id\": \"t\", " + definition("t", Gateway.freePort()).substring(1);
        ask(200, "POST", "/tyk/apis", "/tyk/apis?dry_run=true", body);
        ask(200, "POST", "/tyk/apis", "/tyk/apis", body);
        ask(400, "POST", "/tyk/apis", "/tyk/apis", "{");
        ask(400, "POST", "/tyk/apis", "/tyk/apis", "{ \"api_id\": \"u\", \"listen_port\": 70000 }");
        ask(409, "POST", "/tyk/apis", "/tyk/apis", definition("u", port));
        ask(200, "GET", "/tyk/apis", "/tyk/apis", null);
        ask(200, "GET", one, "/tyk/apis/t", null);
        ask(404, "GET", one, "/tyk/apis/none", null);
        ask(200, "PUT", one, "/tyk/apis/t", body);
        ask(400, "PUT", one, "/tyk/apis/t", "{ \"api_id\": \"u\" }");
        ask(404, "PUT", one, "/tyk/apis/none", body);
        ask(409, "PUT", one, "/tyk/apis/t", definition("t", port));
        ask(400, "DELETE", one, "/tyk/apis/t?dry_run=perhaps", null);
        ask(200, "DELETE", one, "/tyk/apis/t", null);
        ask(404, "DELETE", one, "/tyk/apis/t", null);
    }

    private void connections() throws Exception {
        String one = "/v1/connections/{id}";
        String id = ask(200, "GET", "/v1/connections", "/v1/connections?service=a", null).json().get("items").get(0).get("id").asText();
        ask(200, "GET", one, "/v1/connections/" + id, null);
        ask(404, "GET", one, "/v1/connections/none", null);
        ask(400, "DELETE", "/v1/connections", "/v1/connections", null);
        ask(200, "DELETE", "/v1/connections", "/v1/connections?service=a&dry_run=true", null);
        ask(200, "DELETE", one, "/v1/connections/" + id, null);
        ask(404, "DELETE", one, "/v1/connections/none", null);
        ask(200, "DELETE", "/v1/connections", "/v1/connections?service=a", null);
    }

    private void storeThatCannotBeWritten() throws Exception {
        gateway.service("both", "[ " + definition("one", Gateway.freePort()) + ", " + definition("two", Gateway.freePort()) + " ]");
        gateway.awaitReady("both", ready -> ready.get("listeners").toString().contains("\"two\""));
        for (String file : List.of("a", "both")) {
            Files.createDirectories(base.resolve("conf/services/." + file + ".json.tmp/in-the-way"));
        }
        ask(503, "PUT", "/v1/services/{id}", "/v1/services/a", definition("A", port), "If-Match", "*");
        ask(503, "DELETE", "/v1/services/{id}", "/v1/services/two", null, "If-Match", "*");
        ask(503, "PUT", "/tyk/apis/{id}", "/tyk/apis/a", definition("A", port));
        ask(503, "DELETE", "/tyk/apis/{id}", "/tyk/apis/two", null);
    }

    /** What the server answers before it comes to an operation. */
    private void refusedByTheServer(Operation operation) throws Exception {
        String path = filled(operation.path());
        String line = operation.method() + " " + path;
        String host = " HTTP/1.1\r\nConnection: close\r\nHost: ";
        String key = "\r\nAuthorization: Bearer " + admin.key + "\r\n";
        raw(operation, 400, operation.method() + " " + path + "?%zz" + host + "localhost" + key + "\r\n");
        raw(operation, 413, line + host + "localhost" + key + "Content-Length: 2000000\r\n\r\n");
        raw(operation, 414, line + "?x=" + "y".repeat(20_000) + host + "localhost" + key + "\r\n");
        raw(operation, 431, line + host + "localhost" + key + "X-Y: " + "y".repeat(20_000) + "\r\n\r\n");
        if (document.codes(operation).contains(421)) {
            raw(operation, 421, line + host + "evil.example" + key + "\r\n");
        }
        int noKey = operation.path().startsWith("/tyk") ? 403 : 401;
        if (document.codes(operation).contains(noKey)) {
            raw(operation, noKey, line + host + "localhost\r\n\r\n");
        }
    }

    private void raw(Operation operation, int status, String request) throws IOException {
        String answer = admin.raw(request);
        assertThat(answer).as(operation.toString()).startsWith("HTTP/1.1 " + status + " ");
        String type = answer.toLowerCase(Locale.ROOT).replaceFirst("(?s).*\r\ncontent-type: ([^\r]*)\r\n.*", "$1");
        check(operation, status, type, answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }

    private Answer ask(int status, String method, String template, String path, String body, String... headers) throws Exception {
        Answer answer = admin.send(method, path, body, headers);
        assertThat(answer.status()).as(method + " " + path + ": " + answer.response().body()).isEqualTo(status);
        check(new Operation(method, template), status, answer.header("content-type"), answer.response().body());
        return answer;
    }

    private void check(Operation operation, int status, String type, String body) throws IOException {
        assertThat(document.mistakes(operation, status, type, body)).as(operation + " " + status + " " + type + ": " + body).isEmpty();
        see(operation, status);
    }

    private void see(Operation operation, int status) {
        seen.computeIfAbsent(operation, o -> new TreeSet<>()).add(status);
    }

    private static String filled(String path) {
        return path.replaceAll("\\{[a-z]+}", URLEncoder.encode("x1", StandardCharsets.UTF_8));
    }
}
