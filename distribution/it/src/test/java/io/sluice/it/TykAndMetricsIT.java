package io.sluice.it;

import static io.sluice.it.EchoServer.echoes;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.it.Admin.Answer;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is mounted beside the admin API's own routes, asked as a Tyk user and a Prometheus ask. */
class TykAndMetricsIT extends Unstarted {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String ADMIN = "\"admin\": { \"address\": \"127.0.0.1:0\" }";

    private Admin admin;
    private int port;

    @BeforeEach
    void start() throws IOException {
        port = Gateway.freePort();
        gateway.with(ADMIN).start();
        admin = Admin.of(gateway);
    }

    @Test
    void aTykUsersLinesWorkUnchanged() throws Exception {
        String definition = "{\"id\":\"5e9d9544a1dcd60001d0ed20\",\"name\":\"Echo\",\"api_id\":\"echo\",\"listen_port\":" + port + ",\"protocol\":\"tcp\","
                + "\"version_data\":{\"not_versioned\":true},\"proxy\":{\"target_url\":\"tcp://" + server.address() + "\"}}";

        assertThat(tyk("POST", "/tyk/apis/", definition)).isEqualTo("200 {\"key\":\"echo\",\"status\":\"ok\",\"action\":\"added\"}");
        assertThat(echoes(port)).isTrue();
        assertThat(JSON.readTree(tyk("GET", "/tyk/apis", null).substring(4)).get(0)).isEqualTo(JSON.readTree(definition));
        assertThat(JSON.readTree(tyk("GET", "/tyk/apis/echo", null).substring(4))).isEqualTo(JSON.readTree(definition));
        assertThat(tyk("GET", "/tyk/reload/group", null)).contains("200 ", "\"status\":\"ok\"", "\"message\":\"\"");
        assertThat(tyk("PUT", "/tyk/apis/echo", definition.replace("\"Echo\"", "\"Other\""))).contains("\"action\":\"modified\"");
        assertThat(tyk("POST", "/tyk/apis", definition.replace("\"echo\"", "\"bad\"").replace(":" + port + ",", ":70000,")))
                .startsWith("400 {\"status\":\"error\",\"message\":\"listen_port: 70000 (expected: 1 to 65535)");
        assertThat(tyk("DELETE", "/tyk/apis/echo", null)).contains("\"action\":\"deleted\"");
        assertThat(tyk("GET", "/tyk/apis", null)).isEqualTo("200 []");
        assertThat(tyk("POST", "/tyk/certs", "junk")).startsWith("403 {\"status\":\"error\"");
        assertThat(tyk("GET", "/tyk/certs", null)).isEqualTo("200 {\"certs\":[]}");
    }

    @Test
    void tykWantsItsKeyInItsWords() throws Exception {
        Answer refused = admin.anonymous("GET", "/tyk/apis", "x-tyk-authorization", "wrong");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("status").asText()).isEqualTo("error");
    }

    @Test
    void metricsNeedTheKeyUntilTheSettingsSayOtherwise() throws Exception {
        gateway.service("echo", Gateway.tcp("echo", port, server.address()));
        gateway.awaitReady("the service", ready -> ready.get("listeners").size() == 1);
        assertThat(echoes(port)).isTrue();

        assertThat(admin.anonymous("GET", "/metrics").status()).isEqualTo(401);
        Answer scrape = admin.get("/metrics");
        assertThat(scrape.header("content-type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(scrape.response().body()).contains("sluice_connections_accepted_total 1\n",
                "sluice_listener_open{listener=\"127.0.0.1:" + port + "\"} 1\n", "sluice_plugin_state{plugin=\"metrics-prometheus\",state=\"active\"} 1\n");
        assertThat(admin.send("GET", "/metrics", null, "Accept", "application/openmetrics-text").response().body())
                .endsWith("# EOF\n");

        gateway.with(ADMIN, "\"metrics\": { \"public\": true }");
        assertThat(Gateway.eventually(() -> {
            Answer open = admin.anonymous("GET", "/metrics");
            assertThat(open.status()).isEqualTo(200);
            return open;
        }).response().body()).contains("sluice_uptime_seconds");
    }

    private String tyk(String method, String path, String body) throws IOException {
        Answer answer = admin.ask(method, path, body, "x-tyk-authorization", admin.key);
        return answer.status() + " " + answer.response().body();
    }
}
