package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.it.Admin.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The admin API on the zip: who is let in, and what bad input meets. */
@Tag("jdk")
class AdminIT extends AdminOpen {

    @Test
    void keyIsMadeForTheOwnerAlone() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(base.resolve("data/admin-secret"))))
                .isEqualTo("rw-------");
        assertThat(admin.key).hasSizeGreaterThanOrEqualTo(32);
        assertThat(gateway.stderr()).doesNotContain(admin.key);
    }

    @Test
    void whoHasNoKeyGetsNothingButTheStateOfHealth() throws Exception {
        assertThat(admin.anonymous("GET", "/hello").json().get("status").asText()).isEqualTo("pass");
        assertThat(admin.anonymous("GET", "/ready").status()).isEqualTo(200);
        for (String path : List.of("/v1/status", "/v1/services", "/v1/events", "/v1/schema", "/nowhere",
                "/v1/status?key=" + admin.key, "/v1/status?authorization=" + admin.key)) {
            Answer answer = admin.anonymous("GET", path);
            assertThat(answer.status()).as(path).isEqualTo(401);
            assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
            assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
        }
        assertThat(admin.anonymous("GET", "/v1/status", "Authorization", "Bearer wrong").status()).isEqualTo(401);
        assertThat(admin.anonymous("GET", "/v1/status", "x-tyk-authorization", admin.key).status()).isEqualTo(200);
    }

    @Test
    void everyAnswerHasTheHeadersThatProtectBrowsers() throws Exception {
        for (Answer answer : List.of(admin.get("/v1/status"), admin.get("/nowhere"), admin.anonymous("GET", "/hello"),
                admin.anonymous("GET", "/v1/status"))) {
            assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
            assertThat(answer.header("content-security-policy")).startsWith("default-src 'none'");
            assertThat(answer.header("access-control-allow-origin")).isEmpty();
        }
    }

    @Test
    void onlyKnownHostsAreAnsweredFor() throws Exception {
        for (String host : List.of("evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "10.0.0.1")) {
            String answer = admin.raw("GET /v1/status HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer " + admin.key
                    + "\r\nConnection: close\r\n\r\n");
            assertThat(answer).as(host).startsWith("HTTP/1.1 421 ");
        }
        for (String host : List.of("localhost", "LOCALHOST:9700", "127.0.0.1:1", "[::1]:80", "127.9.9.9", "gateway.example")) {
            assertThat(admin.raw("GET /v1/status HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer " + admin.key
                    + "\r\nConnection: close\r\n\r\n")).as(host).startsWith("HTTP/1.1 200 ");
        }
        assertThat(admin.raw("GET /hello HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(admin.raw("GET /v1/status HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void wrongMethodsAndUnknownPathsAreTold() throws Exception {
        Answer answer = admin.send("PATCH", "/v1/services/a", "{}");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("allow").split(", ")).containsExactlyInAnyOrder("GET", "HEAD", "PUT", "DELETE");
        assertThat(admin.get("/v1/nothing").status()).isEqualTo(404);
        assertThat(admin.get("/v1/services/absent").status()).isEqualTo(404);
        assertThat(admin.send("HEAD", "/v1/status", null).response().body()).isEmpty();
    }

    @Test
    void idsNeverBecomePaths() throws Exception {
        String definition = Gateway.tcp("x", Gateway.freePort(), server.address());
        for (String id : List.of("..", "%2e%2e", "..%2f..%2fetc", "a%2fb", "a%00b", "a%20b", "%c3%a4", "a".repeat(65))) {
            assertThat(admin.send("PUT", "/v1/services/" + id, definition).status()).as(id).isIn(400, 404);
        }
        assertThat(admin.raw(admin.head("GET /v1/services/../../etc/passwd") + "\r\n")).startsWith("HTTP/1.1 404 ");
        assertThat(admin.raw(admin.head("GET /v1/services/%zz") + "\r\n")).startsWith("HTTP/1.1 400 ");
        try (var files = Files.walk(base.resolve("conf"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @Test
    void tooMuchIsRefusedWithoutBeingRead() throws Exception {
        assertThat(admin.raw(admin.head("PUT /v1/services/a") + "Content-Length: 10485760\r\n\r\n" + "x".repeat(3 << 20)))
                .startsWith("HTTP/1.1 413 ").contains("application/problem+json");
        assertThat(admin.raw(admin.head("PUT /v1/services/a") + "Transfer-Encoding: chunked\r\n\r\n"
                + ("100000\r\n" + "x".repeat(0x100000) + "\r\n").repeat(2))).startsWith("HTTP/1.1 413 ");
        StringBuilder headers = new StringBuilder(admin.head("GET /v1/status"));
        for (int i = 0; i < 10_000; i++) {
            headers.append("x-").append(i).append(": y\r\n");
        }
        assertThat(admin.raw(headers + "\r\n")).startsWith("HTTP/1.1 431 ");
        assertThat(admin.raw(admin.head("GET /" + "x".repeat(20_000)) + "\r\n")).startsWith("HTTP/1.1 414 ")
                .contains("application/problem+json");
        assertThat(admin.raw("\u0000\u0001nonsense\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(admin.send("PUT", "/v1/services/a", "[".repeat(100_000)).status()).isEqualTo(400);
        assertThat(admin.send("PUT", "/v1/services/a", "{\"a\":".repeat(5000) + "1" + "}".repeat(5000)).status()).isEqualTo(400);
        assertThat(admin.send("PUT", "/v1/services/a", "{\"listen_port\": 1" + "0".repeat(900_000) + "}").status()).isEqualTo(400);
        assertThat(admin.get("/v1/status").status()).isEqualTo(200);
    }

    @Test
    void documentOfTheApiMatchesTheServer() throws Exception {
        JsonNode paths = admin.get("/v1/openapi.json").json().get("paths");
        assertThat(paths.size()).isGreaterThan(20);
        paths.fields().forEachRemaining(path -> path.getValue().fieldNames().forEachRemaining(method -> {
            if (!path.getKey().equals("/v1/events")) {
                assertThat(statusOf(method, path.getKey())).as(method + " " + path.getKey()).isNotIn(405, 500, 501);
            }
        }));
        for (String method : List.of("get", "put", "post", "delete", "patch", "options")) {
            paths.fields().forEachRemaining(path -> {
                if (!path.getValue().has(method) && !path.getKey().contains("events")) {
                    assertThat(statusOf(method, path.getKey())).as(method + " " + path.getKey()).isEqualTo(405);
                }
            });
        }
        JsonNode schema = admin.get("/v1/schema").json();
        assertThat(schema.get("$defs").has("HealthCommand.expect")).isTrue();
        assertThat(schema.get("properties").has("allowed_ips")).isTrue();
    }

    /** With variables that name nothing and a dry run, so that the walk changes nothing. */
    private int statusOf(String method, String path) {
        try {
            return admin.send(method.toUpperCase(java.util.Locale.ROOT), path.replaceAll("\\{[a-z]+}", "x1") + "?dry_run=true",
                    method.equals("get") ? null : "{}").status();
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }

    @Test
    void portThatSomeoneElseHoldsIsAProblemUntilItIsFree() throws Exception {
        gateway.close();
        try (ServerSocket squatter = new ServerSocket(Gateway.freePort(), 1, InetAddress.getLoopbackAddress())) {
            gateway.with("\"admin\": { \"address\": \"127.0.0.1:" + squatter.getLocalPort() + "\" }")
                    .service("a", Gateway.tcp("a", Gateway.freePort(), server.address())).start();
            assertThat(gateway.ready().get("admin").isNull()).isTrue();
            gateway.awaitReady("a problem", ready -> ready.get("problems").toString().contains("admin_closed"));
        }
        gateway.awaitReady("open", ready -> !ready.get("admin").isNull() && ready.get("problems").isEmpty());
        assertThat(Admin.of(gateway).get("/v1/status").status()).isEqualTo(200);
    }

}
