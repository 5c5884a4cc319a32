package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is mounted beside the admin API's own routes, asked as a Tyk user and a Prometheus ask. */
class TykAndMetricsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path base;
    private final HttpClient http = HttpClient.newHttpClient();
    private EchoServer server;
    private Gateway gateway;
    private int port;
    private int adminPort;

    @BeforeEach
    void start() throws IOException {
        server = new EchoServer(EchoServer.ECHO);
        port = Gateway.freePort();
        adminPort = Gateway.freePort();
        gateway = Gateway.on(base).settings(settings("")).start();
    }

    private String settings(String more) {
        return "{ \"listen_address\": \"127.0.0.1\", \"disable_ports_whitelist\": true, " + more
                + " \"admin\": { \"address\": \"127.0.0.1:" + adminPort + "\" } }";
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        server.close();
    }

    @Test
    void aTykUsersLinesWorkUnchanged() throws Exception {
        String definition = "{\"id\":\"5e9d9544a1dcd60001d0ed20\",\"name\":\"Echo\",\"api_id\":\"echo\",\"listen_port\":" + port + ",\"protocol\":\"tcp\","
                + "\"version_data\":{\"not_versioned\":true},\"proxy\":{\"target_url\":\"tcp://" + server.address() + "\"}}";

        assertThat(tyk("POST", "/tyk/apis/", definition)).isEqualTo("200 {\"key\":\"echo\",\"status\":\"ok\",\"action\":\"added\"}");
        echo();
        assertThat(JSON.readTree(tyk("GET", "/tyk/apis", "").substring(4)).get(0)).isEqualTo(JSON.readTree(definition));
        assertThat(JSON.readTree(tyk("GET", "/tyk/apis/echo", "").substring(4))).isEqualTo(JSON.readTree(definition));
        assertThat(tyk("GET", "/tyk/reload/group", "")).contains("200 ", "\"status\":\"ok\"", "\"message\":\"\"");
        assertThat(tyk("PUT", "/tyk/apis/echo", definition.replace("\"Echo\"", "\"Other\""))).contains("\"action\":\"modified\"");
        assertThat(tyk("POST", "/tyk/apis", definition.replace("\"echo\"", "\"bad\"").replace(":" + port + ",", ":70000,")))
                .startsWith("400 {\"status\":\"error\",\"message\":\"listen_port: 70000 (expected: 1 to 65535)");
        assertThat(tyk("DELETE", "/tyk/apis/echo", "")).contains("\"action\":\"deleted\"");
        assertThat(tyk("GET", "/tyk/apis", "")).isEqualTo("200 []");
        assertThat(tyk("POST", "/tyk/certs", "junk")).startsWith("403 {\"status\":\"error\"");
        assertThat(tyk("GET", "/tyk/certs", "")).isEqualTo("200 {\"certs\":[]}");
    }

    @Test
    void tykWantsItsKeyInItsWords() throws Exception {
        HttpResponse<String> refused = send("GET", "/tyk/apis", "", "x-tyk-authorization", "wrong");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(JSON.readTree(refused.body()).get("status").asText()).isEqualTo("error");
    }

    @Test
    void metricsNeedTheKeyUntilTheSettingsSayOtherwise() throws Exception {
        gateway.service("echo", Gateway.tcp("echo", port, server.address()));
        gateway.awaitReady("the service", ready -> ready.get("listeners").size() == 1);
        echo();

        assertThat(send("GET", "/metrics", "").statusCode()).isEqualTo(401);
        HttpResponse<String> scrape = send("GET", "/metrics", "", "Authorization", "Bearer " + key());
        assertThat(scrape.headers().firstValue("content-type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(scrape.body()).contains("sluice_connections_accepted_total 1\n",
                "sluice_listener_open{listener=\"127.0.0.1:" + port + "\"} 1\n", "sluice_plugin_state{plugin=\"metrics-prometheus\",state=\"active\"} 1\n");
        assertThat(send("GET", "/metrics", "", "Authorization", "Bearer " + key(), "Accept", "application/openmetrics-text").body())
                .endsWith("# EOF\n");

        gateway.settings(settings("\"metrics\": { \"public\": true },"));
        assertThat(Gateway.<HttpResponse<String>>eventually(() -> {
            HttpResponse<String> open = send("GET", "/metrics", "");
            if (open.statusCode() != 200) {
                throw new IOException("still " + open.statusCode());
            }
            return open;
        }).body()).contains("sluice_uptime_seconds");
    }

    private void echo() throws IOException {
        try (Socket socket = Gateway.connect(port)) {
            socket.getOutputStream().write('x');
            assertThat(socket.getInputStream().read()).isEqualTo('x');
        }
    }

    private String key() throws IOException {
        return Files.readString(base.resolve("data/admin-secret")).strip();
    }

    private String tyk(String method, String path, String body) throws Exception {
        HttpResponse<String> response = send(method, path, body, "x-tyk-authorization", key());
        return response.statusCode() + " " + response.body();
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
