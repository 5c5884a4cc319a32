package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.certs.Authority;
import io.sluice.testing.certs.CertificateRequest;
import io.sluice.testing.certs.Issued;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A thousand random sessions with TLS on the client's side, on the target's, and on both: no byte lost, doubled or moved. */
@ParameterizedClass
@ValueSource(strings = {"boringssl", "jdk"})
@Tag("jdk")
class TlsStreamsIT {

    private static final int SESSIONS = 1000;
    private static final int AT_ONCE = 16;
    private static final int LARGEST = 100_000;
    private static final Authority CA = Authority.root("Test CA");
    private static final Issued LOCAL = CA.issue(CertificateRequest.forName("localhost").ip("127.0.0.1"));

    @TempDir
    Path base;

    @Parameter
    String provider;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Where there is TLS. */
    private enum Sides { CLIENT, TARGET, BOTH }

    /**
     * Each end sends a random stream in random pieces, and ends when it has sent and received everything; who sends
     * first and who ends first is random too. A session begins with what both ends have to know.
     */
    private record Script(long seed, int up, int down, boolean clientEndsFirst) {

        static final int HEADER = 17;

        static Script random(long seed) {
            Random random = new Random(seed);
            return new Script(seed, random.nextInt(10) == 0 ? 0 : random.nextInt(LARGEST),
                    random.nextInt(10) == 0 ? 0 : random.nextInt(LARGEST), random.nextBoolean());
        }

        byte[] header() {
            return ByteBuffer.allocate(HEADER).putLong(seed).putInt(up).putInt(down).put((byte) (clientEndsFirst ? 1 : 0)).array();
        }

        static Script read(InputStream in) throws IOException {
            ByteBuffer header = ByteBuffer.wrap(in.readNBytes(HEADER));
            return new Script(header.getLong(), header.getInt(), header.getInt(), header.get() == 1);
        }

        byte[] stream(boolean upward) {
            byte[] bytes = new byte[upward ? up : down];
            new Random(upward ? seed : ~seed).nextBytes(bytes);
            return bytes;
        }
    }

    @Test
    void everyByteOfRandomSessionsIsAccountedFor() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed + ", " + provider);
        int[] ports = {Gateway.freePort(), Gateway.freePort(), Gateway.freePort()};
        try (EchoServer plain = new EchoServer(this::serve);
                EchoServer secure = TlsTarget.showing(LOCAL).serving(this::serve);
                Gateway gateway = Gateway.on(base).withOptions("-Dsluice.tls.provider=" + provider)) {
            gateway.file("certs/a.pem", LOCAL.pem()).file("certs/ca.pem", CA.own().certificatePem());
            for (Sides sides : Sides.values()) {
                gateway.service(sides.name(), service(sides, ports[sides.ordinal()],
                        sides == Sides.CLIENT ? plain.address() : "tls://" + secure.address()));
            }
            gateway.start();
            ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
            List<Future<Boolean>> sessions = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                Sides sides = Sides.values()[i % 3];
                Script script = Script.random(seed + i);
                sessions.add(workers.submit(() -> exact(script, ports[sides.ordinal()], sides)));
            }
            for (int i = 0; i < SESSIONS; i++) {
                assertThat(sessions.get(i).get(10, TimeUnit.MINUTES)).as("session " + i + " of seed " + seed).isTrue();
            }
            workers.shutdown();
            assertThat(Gateway.eventually(() -> reasons(gateway))).as("reasons").isSubsetOf("completed", "peer_closed_tls");
        }
        threads.shutdownNow();
    }

    private static List<String> reasons(Gateway gateway) throws IOException {
        List<String> reasons = gateway.accessLog().stream().map(line -> line.get("close_reason").asText()).toList();
        assertThat(reasons).hasSize(SESSIONS);
        return reasons;
    }

    private static String service(Sides sides, int port, String target) {
        String client = sides == Sides.TARGET ? "\"protocol\": \"tcp\"" : "\"protocol\": \"tls\", \"certificate\": \"certs/a.pem\"";
        return "{ \"name\": \"" + sides + "\", \"listen_port\": " + port + ", " + client + ", \"proxy\": { \"target_url\": \""
                + target + "\", \"transport\": { \"ca\": \"certs/ca.pem\" } } }";
    }

    private boolean exact(Script script, int port, Sides sides) throws Exception {
        try (Socket socket = sides == Sides.TARGET ? Gateway.connect(port) : TlsClient.connect(port, "localhost", null)) {
            socket.getOutputStream().write(script.header());
            return exchange(socket, script, true);
        }
    }

    private void serve(Socket socket) throws Exception {
        try (socket) {
            exchange(socket, Script.read(socket.getInputStream()), false);
        }
    }

    /** Sends one stream and receives the other at the same time; both then end, the one behind the other. */
    private boolean exchange(Socket socket, Script script, boolean client) throws Exception {
        Future<Void> sending = threads.submit((Callable<Void>) () -> {
            send(socket.getOutputStream(), script.stream(client), new Random(script.seed + (client ? 1 : 2)));
            return null;
        });
        byte[] expected = script.stream(!client);
        boolean exact = Arrays.equals(socket.getInputStream().readNBytes(expected.length), expected);
        sending.get();
        // each end knows that its own stream is out; the one that ends first may do so before the other has read it all
        if (client == script.clientEndsFirst) {
            socket.shutdownOutput();
        }
        exact &= socket.getInputStream().read() == -1;
        if (client != script.clientEndsFirst) {
            socket.shutdownOutput();
        }
        return exact;
    }

    private static void send(OutputStream out, byte[] bytes, Random random) throws IOException {
        for (int at = 0; at < bytes.length;) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 100 : 40_000));
            out.write(bytes, at, length);
            at += length;
            if (random.nextInt(20) == 0) {
                Thread.yield();
            }
        }
    }
}
