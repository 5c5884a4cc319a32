package io.sluice.it;

import static io.sluice.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.it.ExplainPlans.Port;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is explained is what then happens: generated definitions of every plugin that decides about clients, and real
 * clients with real handshakes. The seed is fixed, so a failure comes again.
 */
class ExplainIT {

    private static final long SEED = Long.getLong("sluice.it.explain.seed", 20261126);
    private static final int PLANS = Integer.getInteger("sluice.it.explain.plans", 20);
    private static final int CLIENTS = 30;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path base;

    private final Random random = new Random(SEED);
    private final List<NamedServer> targets = new ArrayList<>();
    private final Deque<JsonNode> records = new ArrayDeque<>();
    private ExplainPlans plans;
    private Gateway gateway;
    private Admin api;
    private long read;

    @BeforeEach
    void start() throws Exception {
        List<String> addresses = new ArrayList<>();
        for (char name = 'a'; name <= 'c'; name++) {
            targets.add(new NamedServer(name));
            addresses.add(targets.get(targets.size() - 1).address());
        }
        plans = new ExplainPlans(random, addresses);
        gateway = Gateway.on(base).with("\"admin\": { \"address\": \"127.0.0.1:0\" }");
        plans.materials(gateway);
        plans.write(gateway);
        gateway.start();
        api = Admin.of(gateway);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        for (NamedServer target : targets) {
            target.close();
        }
    }

    @Test
    void realClientsEndAsTheyWereExplained() throws Exception {
        Map<String, Integer> outcomes = new LinkedHashMap<>();
        for (int plan = 0; plan < PLANS; plan++) {
            plans.write(gateway);
            api.json("POST", "/v1/reload");
            operate();
            Map<ExplainClient.Talk, String> held = new LinkedHashMap<>();
            for (int client = 0; client < CLIENTS; client++) {
                outcomes.merge(ask("seed " + SEED + ", plan " + plan + ", client " + client, held), 1, Integer::sum);
            }
            for (Map.Entry<ExplainClient.Talk, String> one : held.entrySet()) {
                ExplainClient.reset(one.getKey().plain());
                assertThat(happened(record())).isEqualTo(one.getValue());
            }
        }
        // no side of the question is asked too seldom
        assertThat(outcomes.keySet()).as("seed %d: %s", SEED, outcomes).contains("accepted", "access_denied", "no_service",
                "untrusted_proxy", "client_certificate_refused", "tls_failed", "too_many_connections", "no_target");
        assertThat(outcomes.get("accepted")).isBetween(PLANS * CLIENTS / 5, PLANS * CLIENTS * 4 / 5);
    }

    /** One client; answers how it ended. */
    private String ask(String which, Map<ExplainClient.Talk, String> held) throws Exception {
        Port port = plans.ports().get(random.nextInt(plans.ports().size()));
        ExplainClient client = ExplainClient.any(random, port);
        ObjectNode question = client.question(JSON.createObjectNode());
        JsonNode explained = api.json("POST", "/v1/explain", question.toString());
        boolean accepted = explained.get("outcome").asText().equals("accepted");
        String foretold = accepted ? "accepted " + explained.get("service").asText() + " " + explained.get("target").asText()
                : "refused " + explained.get("service").asText() + " " + explained.get("reason").asText();
        String about = which + ": " + client + ": " + explained.get("steps");
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port.number(), InetAddress.getByName(client.source()), 0);
        plain.setSoTimeout((int) Patience.LIMIT.toMillis());
        ExplainClient.Talk talk = client.talk(plain);
        int name = talk.name();
        if (accepted && name >= 'a') {
            assertThat("accepted " + explained.get("service").asText() + " " + targets.get(name - 'a').address()).as(about)
                    .isEqualTo(foretold);
        }
        if (accepted && name >= 'a' && random.nextInt(5) == 0) {
            held.put(talk, foretold);
            return "accepted";
        }
        ExplainClient.reset(plain);
        assertThat(happened(record())).as(about).isEqualTo(foretold);
        return accepted ? "accepted" : explained.get("reason").asText();
    }

    /** Drains some targets, and waits until all probes have a first result. */
    private void operate() throws IOException {
        for (JsonNode service : api.json("GET", "/v1/services?limit=100").get("items")) {
            assertThat(service.get("state").asText()).as("seed %d: %s", SEED, service).isEqualTo("active");
        }
        await().pollInterval(Duration.ofMillis(20)).pollDelay(Duration.ZERO).until(() ->
                targets().findValuesAsText("health").stream().noneMatch("unknown"::equals));
        for (JsonNode target : targets()) {
            boolean drain = random.nextInt(6) == 0;
            if (drain == target.get("state").asText().equals("ready")) {
                api.json("POST", "/v1/targets/" + target.get("service").asText() + "/" + target.get("target").asText() + "/"
                        + (drain ? "drain" : "ready"));
            }
        }
    }

    private JsonNode targets() throws IOException {
        return api.json("GET", "/v1/targets?limit=1000").get("items");
    }

    /** The same words as for what was foretold. */
    private static String happened(JsonNode record) {
        String service = record.get("service").asText();
        return record.get("target").isNull() ? "refused " + service + " " + record.get("close_reason").asText()
                : "accepted " + service + " " + record.get("target").asText();
    }

    /** The next access record. */
    private JsonNode record() {
        await().pollInterval(Duration.ofMillis(2)).pollDelay(Duration.ZERO).until(() -> {
            if (records.isEmpty()) {
                readOn();
            }
            return !records.isEmpty();
        });
        return records.remove();
    }

    private void readOn() throws IOException {
        Path log = base.resolve("stdout");
        if (Files.size(log) == read) {
            return;
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(read);
            byte[] bytes = new byte[(int) (file.length() - read)];
            file.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            int whole = text.lastIndexOf('\n') + 1;
            for (String line : text.substring(0, whole).lines().toList()) {
                records.add(JSON.readTree(line));
            }
            read += text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length;
        }
    }
}
