package io.sluice.it;

import static io.sluice.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.certs.Authority;
import io.sluice.testing.certs.CertificateRequest;
import io.sluice.testing.certs.Issued;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Storms of clients that go without a word, in each phase of a connection: nothing of them stays, though no deadline would
 * ever end them, and each leaves one access record. How many come at a time is for {@code -Dsluice.it.clients} to say.
 */
@ParameterizedClass
@ValueSource(strings = {"boringssl", "jdk"})
@Tag("jdk")
class VanishingClientsIT {

    private static final int CLIENTS = Integer.getInteger("sluice.it.clients", 40);
    private static final int AT_ONCE = 16;
    private static final String DEADLINES = "\"timeouts\": { \"handshake\": 0, \"connect\": 0, \"idle\": 0, \"half_closed\": 0 }";
    private static final Issued LOCAL = Authority.root("Test CA").issue(CertificateRequest.forName("a.example"));
    private static final byte[] PROXY = "PROXY TCP4 203.0.113.1 203.0.113.9 1111 1\r\n".getBytes(StandardCharsets.US_ASCII);
    /** Of the admin API's own connections, which come and go with the questions. */
    private static final int OWN = 4;

    /** A target's first word, then an echo until the client's end. */
    private static final EchoServer.Service GREETING = socket -> {
        socket.getOutputStream().write('!');
        EchoServer.ECHO.serve(socket);
    };

    /** Talks for ever and never listens. */
    private static final EchoServer.Service TALKING = socket -> {
        try (socket) {
            byte[] block = new byte[65536];
            while (true) {
                socket.getOutputStream().write(block);
            }
        }
    };

    @TempDir
    Path base;

    @Parameter
    String provider;

    private final List<AutoCloseable> servers = new ArrayList<>();
    private Gateway gateway;
    private Admin admin;

    /** What a client says first on the way that a service is reached. */
    private enum Way {
        PLAIN, PROXIED, STAMPED, TLS, PASSTHROUGH;

        boolean isSecure() {
            return this == TLS || this == PASSTHROUGH;
        }
    }

    /** What one client does before it goes. */
    private interface Client {
        void run(int port, Way way, Leaving leaving) throws Exception;
    }

    /** How it goes. */
    private enum Leaving {
        CLOSE, RESET;

        void from(Socket socket) throws IOException {
            if (this == RESET) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        }
    }

    @BeforeEach
    void start() throws Exception {
        gateway = Gateway.on(base).withOptions("-Dsluice.tls.provider=" + provider)
                .with(DEADLINES, "\"admin\": { \"address\": \"127.0.0.1:0\" }")
                .file("certs/a.pem", LOCAL.pem()).start();
        admin = Admin.of(gateway);
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        for (AutoCloseable server : servers) {
            server.close();
        }
    }

    private EchoServer serving(EchoServer.Service service) throws IOException {
        EchoServer server = new EchoServer(service);
        servers.add(server);
        return server;
    }

    private EchoServer secure(TlsTarget.Service service) throws Exception {
        EchoServer server = TlsTarget.showing(LOCAL).serving(service);
        servers.add(server);
        return server;
    }

    private static String definition(Way way, int port, String target) {
        String client = switch (way) {
            case PROXIED -> "\"protocol\": \"tcp\", \"enable_proxy_protocol\": true, \"proxy_protocol\": { \"trusted\": [\"127.0.0.1\"] }";
            case TLS -> "\"protocol\": \"tls\", \"certificate\": \"certs/a.pem\"";
            case PASSTHROUGH -> "\"protocol\": \"tls\", \"domain\": \"a.example\", \"tls\": { \"passthrough\": true }";
            default -> "\"protocol\": \"tcp\"";
        };
        return "{ \"name\": \"s\", \"listen_port\": " + port + ", " + client + ", \"proxy\": { \"target_url\": \"" + target + "\", "
                + DEADLINES + ", \"transport\": { \"ssl_insecure_skip_verify\": true }"
                + (way == Way.STAMPED ? ", \"send_proxy_protocol\": \"v2\"" : "") + " } }";
    }

    /** Lets many clients of one service come and go, and waits until nothing is left of them. */
    private void storm(Way way, String target, Leaving leaving, Client client) throws Exception {
        int port = Gateway.freePort();
        assertThat(admin.send("PUT", "/v1/services/s", definition(way, port, target)).status()).isEqualTo(201);
        long before = descriptors();
        int records = gateway.accessLog().size();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        List<Future<Void>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(threads.submit(() -> {
                client.run(port, way, leaving);
                return null;
            }));
        }
        for (Future<Void> one : clients) {
            one.get();
        }
        threads.shutdown();
        await(way + " " + leaving).untilAsserted(() -> {
            assertThat(admin.get("/v1/connections").json().get("items")).isEmpty();
            assertThat(gateway.accessLog()).hasSize(records + CLIENTS);
            assertThat(descriptors()).isLessThanOrEqualTo(before + OWN);
        });
        List<JsonNode> ended = gateway.accessLog().subList(records, records + CLIENTS);
        assertThat(ended).extracting(line -> line.get("id").asText()).doesNotHaveDuplicates();
        assertThat(ended).extracting(line -> line.get("close_reason").asText()).isSubsetOf("client_left", "client_reset",
                "truncated", "completed", "peer_closed_tls", "bad_preamble", "tls_failed");
        assertThat(admin.send("DELETE", "/v1/services/s", null, "If-Match", "*").status()).isEqualTo(200);
    }

    private long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", String.valueOf(gateway.pid()), "fd"))) {
            return open.count();
        }
    }

    /** Comes to where bytes flow. */
    private static Socket[] through(int port, Way way) throws IOException {
        Socket plain = Gateway.connect(port);
        if (way == Way.PROXIED) {
            plain.getOutputStream().write(PROXY);
        }
        return new Socket[] {plain, way.isSecure() ? TlsClient.over(plain, "a.example", null) : plain};
    }

    private static byte[] hello() throws GeneralSecurityException, IOException {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine("a.example", 1);
        engine.setUseClientMode(true);
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), out);
        return Arrays.copyOf(out.array(), out.position());
    }

    @Test
    void beforeTheirServiceIsKnown() throws Exception {
        EchoServer target = serving(GREETING);
        byte[] hello = hello();
        for (Leaving leaving : Leaving.values()) {
            for (Way way : List.of(Way.PROXIED, Way.TLS, Way.PASSTHROUGH)) {
                byte[] preamble = way == Way.PROXIED ? PROXY : hello;
                storm(way, target.address(), leaving, (port, to, how) -> how.from(Gateway.connect(port)));
                storm(way, target.address(), leaving, (port, to, how) -> {
                    Socket socket = Gateway.connect(port);
                    socket.getOutputStream().write(preamble, 0, preamble.length / 2);
                    how.from(socket);
                });
            }
        }
    }

    @Test
    void withinTheHandshake() throws Exception {
        byte[] hello = hello();
        for (Leaving leaving : Leaving.values()) {
            for (Way way : List.of(Way.TLS, Way.PASSTHROUGH)) {
                storm(way, secure(GREETING::serve).address(), leaving, (port, to, how) -> {
                    Socket socket = Gateway.connect(port);
                    socket.getOutputStream().write(hello);
                    socket.getInputStream().read();
                    how.from(socket);
                });
            }
        }
    }

    @Test
    void whileATargetIsConnected() throws Exception {
        // one that never says a word of its handshake
        String silent = "tls://" + serving(socket -> socket.getInputStream().transferTo(OutputStream.nullOutputStream())).address();
        Client client = (port, way, how) -> {
            Socket[] sockets = through(port, way);
            sockets[1].getOutputStream().write('x');
            how.from(sockets[0]);
        };
        for (Way way : List.of(Way.PLAIN, Way.PROXIED, Way.TLS)) {
            storm(way, silent, Leaving.RESET, client);
        }
        // and one that does not even accept
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 4; i++) {
                SocketChannel filling = SocketChannel.open();
                servers.add(filling);
                filling.configureBlocking(false);
                filling.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), full.getLocalPort()));
            }
            for (Way way : List.of(Way.PLAIN, Way.TLS)) {
                storm(way, "127.0.0.1:" + full.getLocalPort(), Leaving.RESET, client);
            }
        }
    }

    @Test
    void withATargetsGreetingUnreadOrRead() throws Exception {
        EchoServer plain = serving(GREETING);
        EchoServer secure = secure(GREETING::serve);
        for (Leaving leaving : Leaving.values()) {
            for (Way way : Way.values()) {
                String target = way == Way.PASSTHROUGH ? secure.address() : plain.address();
                storm(way, target, leaving, (port, to, how) -> how.from(through(port, to)[0]));
                storm(way, target, leaving, (port, to, how) -> {
                    Socket[] sockets = through(port, to);
                    assertThat(sockets[1].getInputStream().read()).isEqualTo('!');
                    how.from(sockets[0]);
                });
            }
            storm(Way.PLAIN, "tls://" + secure.address(), leaving, (port, to, how) -> how.from(through(port, to)[0]));
        }
    }

    @Test
    void afterTheirOwnEnd() throws Exception {
        EchoServer talking = serving(TALKING);
        EchoServer talkingTls = secure(TALKING::serve);
        for (Leaving leaving : Leaving.values()) {
            for (Way way : Way.values()) {
                storm(way, way == Way.PASSTHROUGH ? talkingTls.address() : talking.address(), leaving, (port, to, how) -> {
                    Socket[] sockets = through(port, to);
                    assertThat(sockets[1].getInputStream().read()).isZero();
                    sockets[0].shutdownOutput();
                    how.from(sockets[0]);
                });
            }
        }
    }

    @Test
    void withBothDirectionsFull() throws Exception {
        EchoServer talking = serving(TALKING);
        for (Leaving leaving : Leaving.values()) {
            for (Way way : List.of(Way.PLAIN, Way.PROXIED, Way.STAMPED)) {
                storm(way, talking.address(), leaving, (port, to, how) -> {
                    SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                    channel.write(ByteBuffer.wrap(PROXY));
                    channel.configureBlocking(false);
                    ByteBuffer block = ByteBuffer.allocate(65536);
                    while (channel.write(block.clear()) > 0) {
                        // until it would wait
                    }
                    how.from(channel.socket());
                });
            }
        }
    }
}
