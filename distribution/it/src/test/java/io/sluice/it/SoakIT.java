package io.sluice.it;

import static io.sluice.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/**
 * Changes in a row, under connections that must not notice: definitions through the API, definitions in files, plugins.
 * A tenth of the full length unless {@code -Dsluice.it.soak.tenths=10} says otherwise, as {@code bench/soak} does.
 */
@Tag("alone")
class SoakIT {

    private static final int TENTHS = Integer.getInteger("sluice.it.soak.tenths", 1);
    private static final int PUTS = 50 * TENTHS;
    private static final int EDITS = 30 * TENTHS;
    private static final int SWAPS = 20 * TENTHS;
    private static final long STREAM = TENTHS * (1L << 30);
    private static final int CONNECTIONS = 200;

    @TempDir
    private Path base;

    private RedisServer redis;
    private EchoServer stream;
    private Gateway gateway;
    private Admin api;
    private Path plugin;
    private Path sample;
    private int redisPort;
    private int frontPort;
    private int streamPort;
    private int editedPort;

    @BeforeEach
    void start() throws IOException {
        redisPort = Gateway.freePort();
        redis = RedisServer.newRedisServer().port(redisPort).bind("127.0.0.1").setting("save \"\"")
                .setting("daemonize no").build();
        redis.start();
        stream = new EchoServer(socket -> {
            byte[] block = new byte[256 * 1024];
            for (int i = 0; i < block.length; i++) {
                block[i] = SoakTraffic.pattern(i);
            }
            OutputStream out = socket.getOutputStream();
            while (true) {
                out.write(block);
            }
        });
        frontPort = Gateway.freePort();
        streamPort = Gateway.freePort();
        editedPort = Gateway.freePort();
        gateway = Gateway.on(base).with("\"plugins\": { \"poll\": \"50ms\" }", "\"admin\": { \"address\": \"127.0.0.1:0\" }",
                "\"access_log\": { \"enabled\": false }", "\"timeouts\": { \"drain\": \"1s\" }");
        sample = PluginJar.sample("balancer-by-client");
        plugin = Files.copy(sample, base.resolve("plugins").resolve(sample.getFileName()));
        gateway.service("front", front(0)).service("stream", Gateway.tcp("stream", streamPort, stream.address()))
                .service("edited", edited(0)).start();
        api = Admin.of(gateway);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        stream.close();
        redis.stop();
    }

    @Test
    void changesInARowBreakNoConnectionAndLeaveNothingBehind() throws Exception {
        boolean benchmark = RedisBenchmark.isInstalled();
        try (SoakTraffic traffic = new SoakTraffic(frontPort, CONNECTIONS, benchmark ? CONNECTIONS / 10 : CONNECTIONS);
                AutoCloseable load = benchmark ? new RedisBenchmark(frontPort, CONNECTIONS, base, traffic::broke) : () -> { }) {
            traffic.stream(streamPort, STREAM);
            // what a first change of each kind loads stays loaded
            change(traffic, 2, 2, 2);
            Footprint before = Footprint.of(gateway.pid());

            change(traffic, PUTS, EDITS, SWAPS);
            await().atMost(Duration.ofMinutes(30)).until(() -> traffic.streamed() >= STREAM || !traffic.broken().isEmpty());

            long answers = traffic.answers();
            await().until(() -> traffic.answers() > answers || !traffic.broken().isEmpty());
            traffic.wakeIdle();
            assertThat(traffic.broken()).isEmpty();
            assertThat(traffic.streamed()).isGreaterThanOrEqualTo(STREAM);
            assertThat(endings()).as("how connections ended").isSubsetOf("completed", "client_reset", "client_left");
            await().pollInterval(Duration.ofSeconds(1)).untilAsserted(() ->
                    Footprint.of(gateway.pid()).assertNotAbove(before));
            System.out.printf("%d changes, %d MiB streamed, %d answers of %d connections besides: none broken; before %s, after %s%n",
                    PUTS + EDITS + SWAPS, traffic.streamed() >> 20, traffic.answers(), CONNECTIONS, before, Footprint.of(gateway.pid()));
        }
    }

    private void change(SoakTraffic traffic, int puts, int edits, int swaps) throws IOException {
        int steps = Math.max(puts, Math.max(edits, swaps));
        for (int i = 1; i <= steps && traffic.broken().isEmpty(); i++) {
            if (i <= puts) {
                api.put("front", front(i));
            }
            if (i <= edits) {
                int number = i;
                gateway.service("edited", edited(number));
                await().pollInterval(Duration.ofMillis(50)).until(() -> idleOf("edited") == number);
            }
            if (i <= swaps) {
                long generation = generation();
                Files.copy(changed(i), plugin, StandardCopyOption.REPLACE_EXISTING);
                await().pollInterval(Duration.ofMillis(50)).until(() -> generation() > generation);
            }
        }
    }

    private List<String> endings() throws IOException {
        return api.get("/metrics").response().body().lines().filter(line -> line.startsWith("sluice_connections_ended_total{"))
                .map(line -> line.replaceFirst(".*reason=\"([a-z_]+)\".*", "$1")).distinct().toList();
    }

    private long idleOf(String service) throws IOException {
        return api.json("GET", "/v1/services/" + service).at("/definition/proxy/timeouts/idle").asLong();
    }

    /** The newest generation of the plugin that is replaced. */
    private long generation() throws IOException {
        long newest = 0;
        for (JsonNode plugins : api.json("GET", "/v1/plugins").get("items")) {
            if (plugins.toString().contains("by_client") && plugins.get("state").asText().equals("ACTIVE")) {
                newest = Math.max(newest, plugins.get("generation").asLong());
            }
        }
        return newest;
    }

    private String front(int number) {
        return definition("front", frontPort, 3600 + number, "\"balancer\": \"by_client\", ");
    }

    private String edited(int number) {
        return definition("edited", editedPort, number, "");
    }

    private String definition(String name, int port, int idle, String more) {
        return "{ \"name\": \"" + name + "\", \"api_id\": \"" + name + "\", \"listen_port\": " + port + ", \"protocol\": \"tcp\","
                + " \"proxy\": { " + more + "\"target_url\": \"127.0.0.1:" + redisPort + "\", \"timeouts\": { \"idle\": " + idle + " } } }";
    }

    /** The same plugin with another content. */
    private Path changed(int number) throws IOException {
        Path copy = base.resolve("changed.jar");
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(sample));
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(copy))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                in.transferTo(out);
            }
            out.putNextEntry(new ZipEntry("content-" + number + "-" + System.nanoTime()));
        }
        return copy;
    }
}
