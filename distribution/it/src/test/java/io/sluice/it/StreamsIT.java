package io.sluice.it;

import static io.sluice.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes and ends, through the whole gateway, on each way of driving sockets. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"auto", "io_uring"})
@Tag("jdk")
class StreamsIT {

    @Parameter
    String transport;

    private static final byte[] BLOCK = new byte[1024 * 1024];
    private static final int LARGE = 10 * 1024 * 1024;

    @TempDir
    Path base;

    private Gateway gateway;
    private EchoServer server;
    private int port;

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        server.close();
    }

    @Test
    void clientThatEndsItsOutputReadsALongReply() throws Exception {
        start(socket -> {
            try (socket) {
                byte[] request = socket.getInputStream().readAllBytes();
                socket.getOutputStream().write(new byte[LARGE - request.length]);
                socket.getOutputStream().write(request);
            }
        });
        try (Socket client = Gateway.connect(port)) {
            client.getOutputStream().write("the end".getBytes());
            client.shutdownOutput();
            InputStream in = client.getInputStream();
            byte[] reply = in.readAllBytes();
            assertThat(reply).hasSize(LARGE);
            assertThat(new String(reply, LARGE - 7, 7)).isEqualTo("the end");
        }
        assertThat(reasons(1)).containsExactly("completed");
    }

    @Test
    void targetThatEndsItsOutputReadsALongRequest() throws Exception {
        CompletableFuture<Integer> got = new CompletableFuture<>();
        start(socket -> {
            socket.getOutputStream().write("hello".getBytes());
            socket.shutdownOutput();
            got.complete(socket.getInputStream().readAllBytes().length);
            socket.close();
        });
        try (Socket client = Gateway.connect(port)) {
            assertThat(client.getInputStream().readAllBytes()).isEqualTo("hello".getBytes());
            client.getOutputStream().write(new byte[LARGE]);
            client.shutdownOutput();
            assertThat(got.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(LARGE);
        }
        assertThat(reasons(1)).containsExactly("completed");
    }

    @Test
    void resetTravelsAsAResetInBothDirections() throws Exception {
        BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();
        start(accepted::add);
        try (Socket client = Gateway.connect(port)) {
            client.getOutputStream().write(1);
            Socket target = accepted.take();
            target.getInputStream().read();
            target.setSoLinger(true, 0);
            target.close();
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        assertThat(reasons(1)).containsExactly("upstream_reset");
        Socket client = Gateway.connect(port);
        client.getOutputStream().write(1);
        Socket target = accepted.take();
        target.setSoTimeout((int) Patience.LIMIT.toMillis());
        target.getInputStream().read();
        client.setSoLinger(true, 0);
        client.close();
        assertThatThrownBy(() -> target.getInputStream().read()).isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
        assertThat(reasons(2)).containsExactly("upstream_reset", "client_reset");
    }

    @Test
    void everyByteOfRandomSessionsIsAccountedFor() throws Exception {
        start(EchoServer.ECHO);
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        ExecutorService threads = Executors.newFixedThreadPool(200);
        List<Future<Boolean>> sessions = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Random random = new Random(seed + i);
            sessions.add(threads.submit(() -> session(random, threads)));
        }
        for (Future<Boolean> session : sessions) {
            assertThat(session.get(10, TimeUnit.MINUTES)).isTrue();
        }
        threads.shutdownNow();
    }

    private boolean session(Random random, ExecutorService threads) throws Exception {
        byte[] data = new byte[random.nextInt(2_000_000)];
        random.nextBytes(data);
        int pause = random.nextInt(4);
        try (Socket client = Gateway.connect(port)) {
            Future<?> writing = threads.submit(() -> {
                for (int at = 0; at < data.length;) {
                    int n = Math.min(data.length - at, 1 + random.nextInt(100_000));
                    client.getOutputStream().write(data, at, n);
                    at += n;
                }
                client.shutdownOutput();
                return null;
            });
            if (pause == 0) {
                writing.get();
            }
            byte[] back = client.getInputStream().readAllBytes();
            return Arrays.equals(back, data);
        }
    }

    @Test
    void slowReadersCostLittleMemory() throws Exception {
        start(socket -> {
            try (socket) {
                for (int i = 0; i < 50; i++) {
                    socket.getOutputStream().write(BLOCK);
                }
            }
        });
        long before = residentKilobytes();
        List<Socket> readers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            readers.add(Gateway.connect(port));
        }
        for (Socket reader : readers) {
            assertThat(reader.getInputStream().read()).isZero();
        }
        long after = residentKilobytes();
        System.out.println("resident before " + before + " kB, with 200 slow readers " + after + " kB");
        assertThat(after - before).isLessThan(150_000);
        for (Socket reader : readers) {
            reader.close();
        }
    }

    @Test
    void senderIsStoppedWhenItsPeerDoesNotRead() throws Exception {
        BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();
        start(accepted::add);
        try (Socket client = Gateway.connect(port)) {
            AtomicLong sent = new AtomicLong();
            Thread writer = new Thread(() -> {
                try {
                    byte[] block = new byte[65536];
                    while (true) {
                        client.getOutputStream().write(block);
                        sent.addAndGet(block.length);
                    }
                } catch (IOException e) {
                    // the test ends it
                }
            });
            writer.setDaemon(true);
            writer.start();
            AtomicLong last = new AtomicLong(-1);
            await().pollInterval(500, TimeUnit.MILLISECONDS).until(() -> {
                long now = sent.get();
                return last.getAndSet(now) == now && now > 0;
            });
            assertThat(sent.get()).isLessThan(64L * 1024 * 1024);
            accepted.take().close();
        }
    }

    private long residentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + gateway.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:")).map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong).findFirst().orElseThrow();
    }

    private List<String> reasons(int count) {
        await().until(() -> gateway.accessLog().size() >= count);
        try {
            return gateway.accessLog().stream().map(line -> line.get("close_reason").asText()).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void start(EchoServer.Service service) throws IOException {
        server = new EchoServer(service);
        port = Gateway.freePort();
        gateway = Gateway.on(base).with("\"transport\": \"" + transport + "\"")
                .service("a", Gateway.tcp("A", port, server.address())).start();
        Assumptions.assumeTrue(gateway.ready().get("problems").isEmpty(), transport + " cannot be used here");
    }
}
