package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** A real Redis behind the gateway. */
class RedisIT {

    private static final int CLIENTS = 50;
    private static final int COMMANDS = 4000;

    @TempDir
    static Path base;

    private static RedisServer redis;
    private static Gateway gateway;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        int redisPort = Gateway.freePort();
        redis = RedisServer.newRedisServer().port(redisPort).bind("127.0.0.1").setting("save \"\"")
                .setting("daemonize no").build();
        redis.start();
        port = Gateway.freePort();
        gateway = Gateway.on(base).service("redis", Gateway.tcp("Redis", port, "tcp://127.0.0.1:" + redisPort)).start();
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        redis.stop();
    }

    @Test
    void pipelinedCommandsOfManyClientsAreAllAnswered() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<Integer>> answered = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int id = i;
            answered.add(threads.submit(() -> pipeline("key-" + id, threads)));
        }
        for (Future<Integer> one : answered) {
            assertThat(one.get(10, TimeUnit.MINUTES)).isEqualTo(COMMANDS);
        }
        threads.shutdown();
    }

    private static int pipeline(String key, Executor threads) throws Exception {
        try (Socket socket = Gateway.connect(port)) {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                try {
                    OutputStream out = socket.getOutputStream();
                    for (int i = 0; i < COMMANDS; i += 16) {
                        StringBuilder batch = new StringBuilder();
                        for (int j = 0; j < 16; j++) {
                            batch.append("INCR ").append(key).append("\r\n");
                        }
                        out.write(batch.toString().getBytes(StandardCharsets.US_ASCII));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }, threads);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            int last = 0;
            for (int i = 0; i < COMMANDS; i++) {
                last = Integer.parseInt(line(in).substring(1));
            }
            writing.get();
            return last;
        }
    }

    @Test
    void valueOf512MegabytesIsReadBackWithTheSameHash() throws Exception {
        int size = 512 * 1024 * 1024;
        byte[] block = new byte[1 << 20];
        new Random(42).nextBytes(block);
        MessageDigest written = MessageDigest.getInstance("SHA-256");
        MessageDigest read = MessageDigest.getInstance("SHA-256");
        try (Socket socket = Gateway.connect(port)) {
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            out.write(("*3\r\n$3\r\nSET\r\n$3\r\nbig\r\n$" + size + "\r\n").getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < size / block.length; i++) {
                block[0] = (byte) i;
                out.write(block);
                written.update(block);
            }
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(line(in)).isEqualTo("+OK");
            out.write("GET big\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(line(in)).isEqualTo("$" + size);
            byte[] buffer = new byte[1 << 16];
            for (int left = size; left > 0;) {
                int n = in.read(buffer, 0, Math.min(left, buffer.length));
                assertThat(n).isPositive();
                read.update(buffer, 0, n);
                left -= n;
            }
            out.write("\r\nDEL big\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(read.digest()).isEqualTo(written.digest());
    }

    @Test
    void subscribersMonitorsAndBlockedClientsLiveThroughAReloadOfSomethingElse() throws Exception {
        int other = Gateway.freePort();
        try (Socket subscriber = Gateway.connect(port); Socket monitor = Gateway.connect(port);
                Socket blocked = Gateway.connect(port); Socket publisher = Gateway.connect(port)) {
            send(subscriber, "SUBSCRIBE news");
            assertThat(line(subscriber)).isEqualTo("*3");
            skip(subscriber, 5);
            send(monitor, "MONITOR");
            assertThat(line(monitor)).isEqualTo("+OK");
            send(blocked, "BLPOP queue 0");
            long before = gateway.ready().get("revision").asLong();
            gateway.service("other", Gateway.tcp("Other", other, "127.0.0.1:1"));
            gateway.awaitReady("a new plan", ready -> ready.get("revision").asLong() > before);
            send(publisher, "PUBLISH news hello");
            assertThat(line(publisher)).isEqualTo(":1");
            send(publisher, "RPUSH queue job");
            skip(subscriber, 6);
            assertThat(line(subscriber)).isEqualTo("hello");
            skip(blocked, 4);
            assertThat(line(blocked)).isEqualTo("job");
            String seen = line(monitor);
            while (!seen.contains("PUBLISH")) {
                seen = line(monitor);
            }
        }
    }

    private static void send(Socket socket, String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void skip(Socket socket, int lines) throws IOException {
        for (int i = 0; i < lines; i++) {
            line(socket);
        }
    }

    private static String line(Socket socket) throws IOException {
        return line(socket.getInputStream());
    }

    /** Reads byte by byte, so that nothing beyond the line is taken. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            assertThat(b).as("after \"%s\"", line).isNotNegative();
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }
}
