package io.sluice.it;

import static io.sluice.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.certs.Authority;
import io.sluice.testing.certs.CertificateRequest;
import io.sluice.testing.certs.Issued;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

/** {@code tls://} targets, with both providers. */
@ParameterizedClass
@ValueSource(strings = {"boringssl", "jdk"})
class TlsUpstreamIT {

    private static final Authority ROOT = Authority.root("root");
    private static final Authority MIDDLE = ROOT.intermediate("middle");
    private static final Issued LOCAL = MIDDLE.issue(CertificateRequest.forName("localhost").ip("127.0.0.1"));
    private static final String CA = "\"ca\": \"certs/ca.pem\"";

    @TempDir
    Path base;

    @Parameter
    String provider;

    private Gateway gateway;
    private final int port = freePort();

    private static int freePort() {
        try {
            return Gateway.freePort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Gateway gateway() throws IOException {
        gateway = Gateway.on(base).withOptions("-Dsluice.tls.provider=" + provider)
                .file("certs/ca.pem", ROOT.own().certificatePem());
        return gateway;
    }

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    /** A service with one target. */
    private String service(String target, String transport, String... more) {
        return "{ \"name\": \"a\", \"listen_port\": " + port + ", \"protocol\": \"tcp\"" + String.join("", more)
                + ", \"proxy\": { \"target_url\": \"tls://" + target + "\", \"transport\": { " + transport + " } } }";
    }

    private static String local(EchoServer server) {
        return server.address().replace("127.0.0.1", "localhost");
    }

    private static final TlsTarget.Service ECHO = socket -> EchoServer.ECHO.serve(socket);

    @Test
    void realRedisAnswersBehindMutualTls() throws Exception {
        int plain = Gateway.freePort();
        RedisServer redis = RedisServer.newRedisServer().port(plain).bind("127.0.0.1").setting("save \"\"")
                .setting("daemonize no").build();
        redis.start();
        Issued client = ROOT.issue(CertificateRequest.of("CN=gateway"));
        try (EchoServer server = TlsTarget.of(LOCAL, ROOT.certificate()).inFrontOf(plain)) {
            gateway().file("certs/client.pem", client.pem()).service("a", service(local(server), CA,
                    ", \"upstream_certificates\": { \"localhost\": \"certs/client.pem\" }")).start();
            try (Socket socket = Gateway.connect(port)) {
                assertThat(ask(socket, "PING\r\n", 7)).isEqualTo("+PONG\r\n");
                String value = "x".repeat(20_000);
                assertThat(ask(socket, "SET k " + value + "\r\n", 5)).isEqualTo("+OK\r\n");
                assertThat(ask(socket, "GET k\r\n", 8 + 20_000 + 2)).isEqualTo("$20000\r\n" + value + "\r\n");
                assertThat(ask(socket, "QUIT\r\n", 5)).isEqualTo("+OK\r\n");
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
            JsonNode last = record();
            assertThat(last.get("target").asText()).isEqualTo(local(server));
            assertThat(last.get("close_reason").asText()).isIn("completed", "peer_closed_tls");
        } finally {
            redis.stop();
        }
    }

    @Test
    void eachRefusalHasItsReasonInTheAccessLog() throws Exception {
        Issued expired = MIDDLE.issue(CertificateRequest.forName("localhost").expired());
        Issued self = Authority.selfSigned(CertificateRequest.forName("localhost"));
        Issued other = MIDDLE.issue(CertificateRequest.forName("other.example"));
        gateway().start();
        refused(TlsTarget.showing(expired).serving(ECHO), CA, "its certificate CN=localhost expired at ");
        refused(TlsTarget.showing(self).serving(ECHO), CA, "its certificate CN=localhost is self-signed, and not in ca");
        refused(TlsTarget.showing(other).serving(ECHO), CA, "its certificate is for other.example (expected: localhost)");
        refused(TlsTarget.showing(LOCAL).serving(ECHO), "",
                "its certificate CN=localhost is issued by CN=root, which is not in the JVM's trust store");
        refused(TlsTarget.showing(LOCAL).serving(ECHO), CA, "no pinned public key is in its chain",
                ", \"pinned_public_keys\": { \"*\": \"" + "ab".repeat(32) + "\" }");
        refused(TlsTarget.of(LOCAL, ROOT.certificate()).serving(ECHO), CA + ", \"ssl_max_version\": 771",
                "it refuses the client certificate, or misses one");
        refused(new EchoServer(socket -> {
            socket.getOutputStream().write("220 mail.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }), CA, "it does not speak TLS on this port");
    }

    /** In TLS 1.3 a target looks at the client certificate after the handshake: too late for another target. */
    @Test
    void refusalAfterTheHandshakeIsInTheAccessLogToo() throws Exception {
        try (EchoServer server = TlsTarget.of(LOCAL, ROOT.certificate()).serving(ECHO)) {
            gateway().service("a", service(local(server), CA + ", \"ssl_min_version\": \"1.3\"")).start();
            try (Socket socket = Gateway.connect(port)) {
                assertThatThrownBy(() -> socket.getInputStream().read()).hasMessage("Connection reset");
            }
            assertThat(record().get("close_reason").asText()).isEqualTo("upstream_reset");
            assertThat(record().get("detail").asText()).startsWith("it refuses the client certificate, or misses one");
        }
    }

    private void refused(EchoServer server, String transport, String reason, String... more) throws Exception {
        try (server) {
            apply(service(local(server), transport, more));
            int before = gateway.accessLog().size();
            try (Socket socket = Gateway.connect(port)) {
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
            await().until(() -> gateway.accessLog().size() > before);
            JsonNode last = record();
            assertThat(last.get("close_reason").asText()).isEqualTo("connect_failed");
            assertThat(last.get("detail").asText()).startsWith(local(server) + ": " + reason);
        }
    }

    private void apply(String service) throws IOException {
        long before = gateway.ready().get("revision").asLong();
        gateway.service("a", service);
        gateway.awaitReady("a new plan", ready -> ready.get("revision").asLong() > before);
        assertThat(gateway.ready().get("listeners").toString()).contains("\"open\"");
    }

    @Test
    void balancedTargetsAreEachVerifiedByTheirOwnHost() throws Exception {
        Issued second = MIDDLE.issue(CertificateRequest.of("CN=second").ip("127.0.0.1"));
        Issued first = MIDDLE.issue(CertificateRequest.forName("localhost"));
        try (EchoServer one = TlsTarget.showing(first).serving(ECHO); EchoServer two = TlsTarget.showing(second).serving(ECHO)) {
            String pins = ", \"pinned_public_keys\": { \"localhost\": \"" + pin(first.certificate()) + "\", \"" + two.address()
                    + "\": [\"" + HexFormat.of().formatHex(Base64.getDecoder().decode(pin(second.certificate()))) + "\"] }";
            gateway().service("a", "{ \"name\": \"a\", \"listen_port\": " + port + ", \"protocol\": \"tcp\"" + pins
                    + ", \"proxy\": { \"enable_load_balancing\": true, \"target_list\": [\"tls://" + local(one) + "\", \"tls://"
                    + two.address() + "\"], \"transport\": { " + CA + " } } }").start();
            for (int i = 0; i < 4; i++) {
                try (Socket socket = Gateway.connect(port)) {
                    assertThat(ask(socket, "hello", 5)).isEqualTo("hello");
                }
            }
            await().until(() -> gateway.accessLog().size() == 4);
            assertThat(gateway.accessLog()).allMatch(line -> line.get("tries").asInt() == 1)
                    .extracting(line -> line.get("target").asText()).contains(local(one), two.address());
        }
    }

    @Test
    void targetThatCannotBeVerifiedMakesTheNextOneServe() throws Exception {
        Issued expired = MIDDLE.issue(CertificateRequest.forName("localhost").expired());
        try (EchoServer bad = TlsTarget.showing(expired).serving(ECHO); EchoServer good = TlsTarget.showing(LOCAL).serving(ECHO)) {
            gateway().service("a", "{ \"name\": \"a\", \"listen_port\": " + port + ", \"protocol\": \"tcp\", \"proxy\": {"
                    + " \"enable_load_balancing\": true, \"target_list\": [\"tls://" + local(bad) + "\", \"tls://" + local(good)
                    + "\"], \"transport\": { " + CA + " } } }").start();
            try (Socket socket = Gateway.connect(port)) {
                // sent while the first target is still being tried
                assertThat(ask(socket, "hello", 5)).isEqualTo("hello");
            }
            assertThat(record().get("tries").asInt()).isEqualTo(2);
        }
    }

    @Test
    void proxyHeaderGoesBeforeTls() throws Exception {
        BlockingQueue<String> headers = new LinkedBlockingQueue<>();
        TlsTarget target = TlsTarget.showing(LOCAL);
        try (EchoServer server = new EchoServer(socket -> {
            byte[] fixed = socket.getInputStream().readNBytes(16);
            byte[] rest = socket.getInputStream().readNBytes((fixed[14] & 0xff) << 8 | fixed[15] & 0xff);
            headers.add(HexFormat.of().formatHex(fixed) + HexFormat.of().formatHex(rest));
            EchoServer.ECHO.serve(target.over(socket));
        })) {
            gateway().service("a", "{ \"name\": \"a\", \"listen_port\": " + port + ", \"protocol\": \"tcp\", \"proxy\": {"
                    + " \"target_url\": \"tls://" + local(server) + "\", \"send_proxy_protocol\": { \"version\": \"v2\","
                    + " \"tlvs\": [\"ssl\", \"authority\", \"unique_id\"] }, \"transport\": { " + CA + " } } }").start();
            try (Socket socket = Gateway.connect(port)) {
                assertThat(ask(socket, "hello", 5)).isEqualTo("hello");
            }
            assertThat(headers.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).startsWith("0d0a0d0a000d0a515549540a" + "2111");
        }
    }

    @Test
    void endOfTheClientReachesTheTargetWhichGoesOnSending() throws Exception {
        CompletableFuture<Integer> end = new CompletableFuture<>();
        try (EchoServer server = TlsTarget.showing(LOCAL).serving(socket -> {
            byte[] all = socket.getInputStream().readAllBytes();
            end.complete(all.length);
            socket.getOutputStream().write(new byte[300_000]);
            socket.close();
        })) {
            gateway().service("a", service(local(server), CA)).start();
            try (Socket socket = Gateway.connect(port)) {
                socket.getOutputStream().write(new byte[100_000]);
                socket.shutdownOutput();
                assertThat(end.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(100_000);
                assertThat(socket.getInputStream().readAllBytes()).hasSize(300_000);
            }
            assertThat(record().get("close_reason").asText()).isEqualTo("completed");
        }
    }

    @Test
    void endOfTheTargetReachesTheClientBehindAllBytes() throws Exception {
        CompletableFuture<Integer> received = new CompletableFuture<>();
        try (EchoServer server = TlsTarget.showing(LOCAL).serving(socket -> {
            socket.getOutputStream().write(new byte[300_000]);
            socket.shutdownOutput();
            received.complete(socket.getInputStream().readAllBytes().length);
        })) {
            gateway().service("a", service(local(server), CA)).start();
            try (Socket socket = Gateway.connect(port)) {
                assertThat(socket.getInputStream().readAllBytes()).hasSize(300_000);
                socket.getOutputStream().write(new byte[1000]);
                socket.shutdownOutput();
                // only the JDK's engine can go on sending after the peer's close_notify
                assertThat(received.get(20, TimeUnit.SECONDS)).isEqualTo(provider.equals("jdk") ? 1000 : 0);
            }
            assertThat(record().get("close_reason").asText()).isEqualTo(provider.equals("jdk") ? "completed" : "peer_closed_tls");
        }
    }

    @Test
    void targetThatBreaksOffIsTruncatedAndNothingIsLost() throws Exception {
        TlsTarget target = TlsTarget.showing(LOCAL);
        try (EchoServer server = new EchoServer(socket -> {
            SSLSocket secure = target.over(socket);
            secure.getOutputStream().write(new byte[300_000]);
            socket.shutdownOutput();
            secure.getInputStream().readAllBytes();
        })) {
            gateway().service("a", service(local(server), CA)).start();
            try (Socket socket = Gateway.connect(port)) {
                assertThat(socket.getInputStream().readAllBytes()).hasSize(300_000);
            }
            assertThat(record().get("close_reason").asText()).isEqualTo("truncated");
        }
    }

    @Test
    void bytesAreExactInBothDirections() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        try (EchoServer server = TlsTarget.showing(LOCAL).serving(ECHO)) {
            gateway().service("a", service(local(server), CA)).start();
            for (int i = 0; i < 40; i++) {
                byte[] bytes = new byte[random.nextInt(i % 10 == 0 ? 3_000_000 : 50_000)];
                random.nextBytes(bytes);
                try (Socket socket = Gateway.connect(port)) {
                    CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(socket, bytes));
                    assertThat(socket.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
                    writing.get();
                }
            }
        }
    }

    @Test
    void replacedAuthorityCountsForNewConnections() throws Exception {
        try (EchoServer server = TlsTarget.showing(LOCAL).serving(ECHO)) {
            gateway().file("certs/ca.pem", Authority.root("other").own().certificatePem())
                    .service("a", service(local(server), CA)).start();
            try (Socket socket = Gateway.connect(port)) {
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
            gateway.file("certs/ca.pem", ROOT.own().certificatePem());
            Gateway.eventually(() -> {
                try (Socket socket = Gateway.connect(port)) {
                    assertThat(ask(socket, "hello", 5)).isEqualTo("hello");
                    return true;
                }
            });
        }
    }

    @Test
    void mistakesAreFoundBeforeAnythingRuns() throws Exception {
        gateway().service("a", service("localhost:1", "\"ca\": \"certs/none.pem\", \"ssl_cipher\": \"x\""));
        String out = gateway.command("check", "--base", base.toString()).out();
        assertThat(out).contains("ca: \"certs/none.pem\" (expected: a file, relative to conf/, the id of a certificate, or PEM text)",
                "unknown field \"proxy.transport.ssl_cipher\"", "did you mean \"ssl_ciphers\"?");
        gateway.service("a", service("localhost:1", CA + ", \"ssl_min_version\": \"1.0\"",
                ", \"pinned_public_keys\": { \"*\": \"abc\" }, \"upstream_certificates\": { \"*\": \"certs/ca.pem\" }"));
        assertThat(gateway.command("check", "--base", base.toString()).out()).contains(
                "ssl_min_version: 1.0 (expected: 1.2 or 1.3, or their numbers 771 and 772)",
                "pinned_public_keys[\"*\"]: \"abc\" (expected: a SHA-256 in base64 or hex)",
                "upstream_certificates[\"*\"]: certs/ca.pem: it holds no private key (expected: one, beside its certificate)");
    }

    @Test
    void healthProbesVerifyToo() throws Exception {
        Issued expired = MIDDLE.issue(CertificateRequest.forName("localhost").expired());
        try (EchoServer bad = TlsTarget.showing(expired).serving(ECHO); EchoServer good = TlsTarget.showing(LOCAL).serving(ECHO)) {
            gateway().service("a", "{ \"name\": \"a\", \"listen_port\": " + port + ", \"protocol\": \"tcp\","
                    + " \"uptime_tests\": { \"config\": { \"interval\": \"1m\", \"timeout\": \"1m\" }, \"check_list\": [{ \"url\": \"tls://" + local(bad) + "\" }, { \"url\": \"tls://" + local(good)
                    + "\" }] }, \"proxy\": { \"enable_load_balancing\": true, \"check_host_against_uptime_tests\": true,"
                    + " \"target_list\": [\"tls://" + local(bad) + "\", \"tls://" + local(good) + "\"], \"transport\": { " + CA + " } } }").start();
            for (int i = 0; i < 4; i++) {
                try (Socket socket = Gateway.connect(port)) {
                    assertThat(ask(socket, "hello", 5)).isEqualTo("hello");
                }
            }
            await().until(() -> gateway.accessLog().size() == 4);
            assertThat(gateway.accessLog()).allMatch(line -> line.get("tries").asInt() == 1)
                    .allMatch(line -> line.get("target").asText().equals(local(good)));
        }
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String ask(Socket socket, String request, int answer) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readNBytes(answer), StandardCharsets.US_ASCII);
    }

    /** The newest record; waits for one. */
    private JsonNode record() {
        await().until(() -> !gateway.accessLog().isEmpty());
        return Gateway.eventually(() -> {
            List<JsonNode> lines = gateway.accessLog();
            return lines.get(lines.size() - 1);
        });
    }

    private static String pin(X509Certificate certificate) throws Exception {
        return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(certificate.getPublicKey().getEncoded()));
    }
}
