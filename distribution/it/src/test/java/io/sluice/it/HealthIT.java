package io.sluice.it;

import static io.sluice.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** Two real Redis behind the gateway: clients reach the master, whoever that is. */
@Tag("jdk")
class HealthIT {

    @TempDir
    Path base;

    private final List<RedisServer> servers = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();
    private Gateway gateway;
    private int port;

    @BeforeEach
    void start() throws IOException {
        for (int i = 0; i < 2; i++) {
            ports.add(Gateway.freePort());
            servers.add(redis(ports.get(i)));
        }
        command(ports.get(1), "REPLICAOF 127.0.0.1 " + ports.get(0));
        port = Gateway.freePort();
        gateway = Gateway.on(base);
    }

    private RedisServer redis(int port) throws IOException {
        RedisServer server = RedisServer.newRedisServer().port(port).bind("127.0.0.1").setting("save \"\"")
                .setting("daemonize no").setting("dir " + base).build();
        server.start();
        return server;
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        for (RedisServer server : servers) {
            server.stop();
        }
    }

    /** The documentation's example; {@code config} stands in {@code uptime_tests.config}. */
    private String definition(String config) {
        return """
                {
                  "name": "Redis", "listen_port": %d, "protocol": "tcp",
                  "enable_load_balancing": true,
                  "check_host_against_uptime_tests": true,
                  "proxy": { "target_list": [ "tcp://127.0.0.1:%d", "tcp://127.0.0.1:%d" ] },
                  "uptime_tests": { "check_list": [ %s, %s ], "config": %s }
                }
                """.formatted(port, ports.get(0), ports.get(1), check(0), check(1), config);
    }

    private String check(int server) {
        return """
                { "url": "tcp://127.0.0.1:%d", "commands": [
                  { "name": "send", "message": "PING\\r\\n" }, { "name": "expect", "message": "+PONG" },
                  { "name": "send", "message": "info replication\\r\\n" }, { "name": "expect", "message": "role:master" },
                  { "name": "send", "message": "QUIT\\r\\n" }, { "name": "send", "message": "+OK" } ] }
                """.formatted(ports.get(server));
    }

    /** Sends one command and reads the first line of the answer. */
    private static String command(int port, String command) throws IOException {
        try (Socket socket = Gateway.connect(port)) {
            return command(socket, command);
        }
    }

    private static String command(Socket socket, String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("closed");
            }
            line.append((char) b);
        }
        return line.toString().trim();
    }

    /** Waits until a write through the gateway has reached a server. */
    private void awaitMaster(int server) {
        await().pollInterval(Duration.ofMillis(100)).ignoreExceptions().until(() ->
                command(port, "SET here " + server).equals("+OK")
                        && command(ports.get(server), "CONFIG GET port").equals("*2")
                        && valueOf(server).equals(String.valueOf(server)));
    }

    /** A connection over which the master has answered: one probe that comes too late, and for a moment nobody is reached. */
    private Socket live() {
        return Gateway.eventually(() -> {
            Socket socket = Gateway.connect(port);
            try {
                assertThat(command(socket, "PING")).isEqualTo("+PONG");
                return socket;
            } catch (IOException | AssertionError e) {
                socket.close();
                throw e;
            }
        });
    }

    private String valueOf(int server) throws IOException {
        try (Socket socket = Gateway.connect(ports.get(server))) {
            command(socket, "GET here");
            return command(socket, "");
        }
    }

    @Test
    void clientsFollowTheMasterThroughPromotionsAndLoseTheDemotedOne() throws Exception {
        gateway.service("redis", definition("{ \"time_wait\": 1 }")).start();
        assertThat(gateway.ready().get("problems").toString()).contains("expect was probably meant")
                .doesNotContain("\"error\"");
        awaitMaster(0);
        for (int round = 0; round < 2; round++) {
            int old = round % 2;
            int next = 1 - old;
            try (Socket live = live()) {
                command(ports.get(next), "REPLICAOF NO ONE");
                command(ports.get(old), "REPLICAOF 127.0.0.1 " + ports.get(next));
                assertThat(live.getInputStream().read()).as("the demoted one's connection ends").isNegative();
            }
            awaitMaster(next);
        }
        await().untilAsserted(() -> assertThat(gateway.accessLog().toString()).contains("target_down"));
    }

    @Test
    void masterThatIsKilledOrStoppedIsReplaced() throws Exception {
        gateway.service("redis", definition("{ \"time_wait\": 1, \"fall\": 1 }")).start();
        awaitMaster(0);
        try (Socket live = live()) {
            long pid = pid(0);
            signal(pid, "STOP");
            try {
                command(ports.get(1), "REPLICAOF NO ONE");
                assertThat(live.getInputStream().read()).as("a silent master's connection ends").isNegative();
                awaitMaster(1);
            } finally {
                // one that is stopped could not be ended
                signal(pid, "CONT");
            }
            command(ports.get(0), "REPLICAOF 127.0.0.1 " + ports.get(1));
        }
        signal(pid(1), "KILL");
        command(ports.get(0), "REPLICAOF NO ONE");
        awaitMaster(0);
    }

    @Test
    void whileTwoClaimToBeMasterNeitherIsReached() throws Exception {
        gateway.service("redis", definition("{ \"time_wait\": 1, \"fall\": 1, \"single_primary\": true }")).start();
        awaitMaster(0);
        try (Socket live = live()) {
            command(ports.get(1), "REPLICAOF NO ONE");
            assertThat(live.getInputStream().read()).isNegative();
        }
        Gateway.eventually(() -> {
            assertThatThrownBy(() -> command(port, "PING")).isInstanceOf(IOException.class);
            return true;
        });
        gateway.awaitReady("a problem", ready -> ready.get("problems").toString().contains("several_primaries"));
        command(ports.get(0), "REPLICAOF 127.0.0.1 " + ports.get(1));
        awaitMaster(1);
        gateway.awaitReady("no problem", ready -> !ready.get("problems").toString().contains("several_primaries"));
    }

    private long pid(int server) throws IOException {
        try (Socket socket = Gateway.connect(ports.get(server))) {
            socket.getOutputStream().write("INFO server\r\n".getBytes(StandardCharsets.US_ASCII));
            String line = command(socket, "");
            while (!line.startsWith("process_id:")) {
                line = command(socket, "");
            }
            return Long.parseLong(line.substring("process_id:".length()));
        }
    }

    private static void signal(long pid, String signal) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(pid)).start().waitFor()).isZero();
    }
}
