package io.sluice.kernel.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a peer that may do anything, on a real socket. */
@Timeout(60)
class SocketWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private Path path;
    private ServerSocketChannel server;

    private interface Peer {
        void serve(SocketChannel client) throws IOException, InterruptedException;
    }

    @BeforeEach
    void listen() throws IOException {
        path = Files.createTempDirectory(Path.of("/tmp"), "s").resolve("a.sock");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        Files.deleteIfExists(path);
        Files.delete(path.getParent());
    }

    @Test
    void requestSaysAllThatTheApiNeeds() throws Exception {
        CompletableFuture<String> asked = new CompletableFuture<>();
        peer(client -> {
            asked.complete(request(client, "{\"x\":\"\u00e4\"}"));
            write(client, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        });
        assertThat(wire("key", PATIENCE).ask("POST", Route.of("v1", "explain").with("a", "b c"), "{\"x\":\"\u00e4\"}"))
                .isEqualTo(new Wire.Reply(200, "{}"));
        assertThat(asked.join()).isEqualTo("POST /v1/explain?a=b%20c HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Accept: application/json, application/problem+json\r\nAuthorization: Bearer key\r\n"
                + "Content-Type: application/json\r\nContent-Length: 10\r\n\r\n{\"x\":\"\u00e4\"}");
    }

    @Test
    void largeAnswerComesWhole() throws Exception {
        String text = "x".repeat(5_000_000);
        peer(client -> {
            request(client, "");
            write(client, "HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n\r\n" + text);
        });
        assertThat(wire("key", PATIENCE).ask("GET", Route.of("v1"), "").text()).isEqualTo(text);
    }

    @Test
    void peerThatSaysNothingIsLeft() throws Exception {
        peer(client -> request(client, "never"));
        assertThatThrownBy(() -> wire("key", Duration.ofMillis(200)).ask("GET", Route.of("v1"), ""))
                .isInstanceOf(SocketTimeoutException.class).hasMessage("no whole answer within 200 ms");
    }

    @Test
    void peerThatTricklesForEverIsLeftToo() throws Exception {
        peer(client -> {
            write(client, "HTTP/1.1 200 OK\r\n\r\n");
            while (true) {
                write(client, "x");
            }
        });
        assertThatThrownBy(() -> wire("key", Duration.ofMillis(500)).ask("GET", Route.of("v1"), ""))
                .isInstanceOf(IOException.class).hasMessageMatching("no whole answer within 500 ms|the answer has more than .*");
    }

    @Test
    void peerThatReadsNothingIsLeft() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        peer(client -> over.await());
        assertThatThrownBy(() -> wire("key", Duration.ofMillis(200)).ask("PUT", Route.of("v1"), "x".repeat(10_000_000)))
                .isInstanceOf(SocketTimeoutException.class);
        over.countDown();
    }

    @Test
    void whereNobodyListensIsNoAnswer() throws Exception {
        server.close();
        assertThatThrownBy(() -> wire("key", PATIENCE).ask("GET", Route.of("v1"), "")).isInstanceOf(IOException.class)
                .hasMessage("Connection refused");
        Files.delete(path);
        assertThatThrownBy(() -> wire("key", PATIENCE).ask("GET", Route.of("v1"), "")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new SocketWire(Path.of("/" + "x".repeat(200)), AdminKey.of("key")).ask("GET", Route.of("v1"), ""))
                .isInstanceOf(IOException.class).hasMessageContaining("too long");
    }

    @Test
    void whoMayNotConnectIsToldSo() throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isWritable(path), "this user may do anything");
        assertThatThrownBy(() -> wire("key", PATIENCE).ask("GET", Route.of("v1"), "")).isInstanceOf(AccessDeniedException.class);
        AdminClient client = new AdminClient(new AdminLocation(URI.create("unix:" + path), AdminKey.of("key")));
        assertThatThrownBy(() -> client.get(Route.of("v1"))).isInstanceOfSatisfying(AdminFailure.class, failure ->
                assertThat(failure.kind()).isEqualTo(AdminFailure.Kind.REFUSED)).hasMessage("this user may not connect to unix:" + path);
    }

    private SocketWire wire(String key, Duration patience) {
        return new SocketWire(path, AdminKey.of(key), patience);
    }

    private void peer(Peer peer) {
        Thread thread = new Thread(() -> {
            try (SocketChannel client = server.accept()) {
                peer.serve(client);
            } catch (IOException | InterruptedException e) {
                // the test has ended, or the client has gone
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** Reads until the text ends so. */
    private static String request(SocketChannel client, String end) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(65536);
        String text = "";
        while (!text.endsWith("\r\n\r\n" + end)) {
            if (client.read(buffer) < 0) {
                throw new IOException("the client has gone");
            }
            text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
        }
        return text;
    }

    private static void write(SocketChannel client, String text) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (buffer.hasRemaining()) {
            client.write(buffer);
        }
    }
}
