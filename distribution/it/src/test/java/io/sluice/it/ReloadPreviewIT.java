package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;

/** What a reload would do is told beforehand, and not done. */
class ReloadPreviewIT extends AdminOpen {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TRIES = 50;

    /** A change of a file; the gateway follows files by itself, and may be there before the question. */
    private interface Edit {

        void make(int attempt) throws IOException;
    }

    @Test
    void definitionsThatDifferAreChangesWithTheirConnections() throws Exception {
        int port = Gateway.freePort();
        gateway.service("a", definition(port, 1));
        admin.send("POST", "/v1/reload", null);
        try (Socket client = Gateway.connect(port)) {
            client.getOutputStream().write('x');
            assertThat(client.getInputStream().read()).isEqualTo('x');

            JsonNode preview = foreseen(attempt -> replace("services/a.json", definition(port, attempt + 2)));

            assertThat(preview.get("dry_run").asBoolean()).isTrue();
            assertThat(preview.get("problems")).isEmpty();
            JsonNode change = preview.get("changes").get(0);
            assertThat(preview.get("changes")).hasSize(1);
            assertThat(change.get("service").asText()).isEqualTo("a");
            assertThat(change.get("change").asText()).isEqualTo("changed");
            assertThat(change.get("fields").get(0).asText()).isEqualTo("proxy.retries");
            assertThat(change.get("connections_affected").asInt()).isEqualTo(1);
            assertThat(change.get("connections_closed").asInt()).isZero();
        }
    }

    @Test
    void settingsThatReachIntoServicesAreChangesToo() throws Exception {
        gateway.service("a", definition(Gateway.freePort(), 1));
        admin.send("POST", "/v1/reload", null);

        JsonNode preview = foreseen(attempt -> {
            ObjectNode settings = (ObjectNode) JSON.readTree(base.resolve("conf/sluice.json").toFile());
            settings.putObject("timeouts").put("idle", attempt + 10 + "m");
            replace("sluice.json", settings.toString());
        });

        assertThat(preview.get("changes")).hasSize(1);
        assertThat(preview.get("changes").get(0).get("service").asText()).isEqualTo("a");
        assertThat(preview.get("changes").get(0).get("fields")).isEmpty();
    }

    @Test
    void whatIsWrongIsToldAndChangesNothing() throws Exception {
        int port = Gateway.freePort();
        gateway.service("a", definition(port, 1)).service("bad", "{ \"name\": \"bad\", \"listen_port\": 70000 }");
        long revision = admin.send("POST", "/v1/reload", null).json().get("revision").asLong();

        JsonNode preview = admin.send("POST", "/v1/reload?dry_run=true", null).json();

        assertThat(preview.get("revision").asLong()).isEqualTo(revision);
        assertThat(preview.get("changes")).isEmpty();
        assertThat(preview.get("problems").findValuesAsText("message")).contains("listen_port: 70000 (expected: 1 to 65535)");
        assertThat(admin.get("/v1/status").json().get("revision").asLong()).isEqualTo(revision);
        assertThat(admin.send("POST", "/v1/reload?dry-run=true", null).status()).isEqualTo(400);
        assertThat(admin.send("POST", "/v1/reload?dry_run=1", null).status()).isEqualTo(400);
        Gateway.Result command = gateway.command("reload", "--dry-run", "--admin", admin.url, "--key-file",
                base.resolve("data/admin-secret").toString());
        assertThat(command.exit()).isEqualTo(3);
        assertThat(command.out()).startsWith("no service would change").contains("error: listen_port: 70000");
    }

    /** The answer while the gateway had not followed the change yet. */
    private JsonNode foreseen(Edit edit) throws Exception {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            long before = admin.send("POST", "/v1/reload", null).json().get("revision").asLong();
            edit.make(attempt);
            JsonNode preview = admin.send("POST", "/v1/reload?dry_run=true", null).json();
            if (preview.get("revision").asLong() == before) {
                assertThat(preview.get("changes")).as(preview.toString()).isNotEmpty();
                return preview;
            }
        }
        throw new AssertionError("the gateway was always faster");
    }

    private void replace(String file, String text) throws IOException {
        Files.move(Files.writeString(base.resolve("conf/fresh"), text), base.resolve("conf").resolve(file),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private String definition(int port, int retries) {
        return "{ \"name\": \"a\", \"listen_port\": " + port + ", \"protocol\": \"tcp\", \"proxy\": { \"target_url\": \""
                + server.address() + "\", \"retries\": " + retries + " } }";
    }
}
