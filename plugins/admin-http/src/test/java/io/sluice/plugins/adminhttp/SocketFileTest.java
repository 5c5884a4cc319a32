package io.sluice.plugins.adminhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.admin.AdminRoute.Access;
import io.sluice.spi.admin.AdminRoute;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The admin API on a file, and what becomes of that file. */
@Timeout(180)
class SocketFileTest {

    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final String GET = "GET /word HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n";

    private final List<HttpServer> servers = new ArrayList<>();
    private Path folder;
    private Path path;

    @BeforeEach
    void prepare() throws IOException {
        // short: a test's own folder may be deep
        folder = Files.createTempDirectory(Path.of("/tmp"), "s");
        path = folder.resolve("admin.sock");
    }

    @AfterEach
    void stop() throws IOException {
        servers.forEach(HttpServer::close);
        for (Path file : files()) {
            Files.delete(file);
        }
        Files.delete(folder);
    }

    @Test
    void requestsAreAnsweredForWhateverHostButNotWithoutTheKey() throws Exception {
        assertThat(start().says()).isEqualTo("open");
        assertThat(ask(GET.formatted("localhost", "key"))).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\nhere");
        assertThat(ask(GET.formatted("any.example", "key"))).startsWith("HTTP/1.1 200 ");
        assertThat(ask(GET.formatted("localhost", "other"))).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void answerThatIsTheLastReachesAClientThatHasSentMore() throws Exception {
        start();
        assertThat(ask("GET /word HTTP/2.0\r\n\r\n" + "x".repeat(100_000))).startsWith("HTTP/1.1 505 ");
    }

    @Test
    void manyClientsComeAndGo() throws Exception {
        start();
        for (int i = 0; i < 300; i++) {
            assertThat(ask(GET.formatted("localhost", "key"))).as("client %d", i).startsWith("HTTP/1.1 200 ");
        }
        assertThat(files()).containsExactly(path);
    }

    @Test
    void onlyItsOwnerAndItsGroupMayConnect() throws Exception {
        start();
        assertThat(PosixFilePermissions.fromString("rw-rw----")).containsAll(Files.getPosixFilePermissions(path));
        assertThat(files()).containsExactly(path);
    }

    @Test
    void closingTakesTheFileAway() throws Exception {
        start();
        servers.get(0).close();
        assertThat(files()).isEmpty();
    }

    @Test
    void whatAnotherProcessHasLeftIsReplaced() throws Exception {
        ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        dead.bind(UnixDomainSocketAddress.of(path));
        dead.close();
        assertThat(path).exists();
        assertThat(start().says()).isEqualTo("open");
        assertThat(ask(GET.formatted("localhost", "key"))).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void whereAnotherOneListensItWaitsForItsEnd() throws Exception {
        start();
        Door second = start();
        assertThat(second.says()).isEqualTo(path + ": another process listens there");
        assertThat(ask(GET.formatted("localhost", "key"))).startsWith("HTTP/1.1 200 ");
        awaitNothingBeside(path);

        servers.get(0).close();

        await().atMost(WAIT).until(() -> second.says().equals("open"));
        assertThat(ask(GET.formatted("localhost", "key"))).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void oneThatDoesNotAcceptIsNotTakenForOneThatHasEnded() throws Exception {
        List<SocketChannel> waiting = new ArrayList<>();
        try (ServerSocketChannel busy = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            busy.bind(UnixDomainSocketAddress.of(path), 1);
            do {
                waiting.add(SocketChannel.open(StandardProtocolFamily.UNIX));
            } while (isQueued(waiting.get(waiting.size() - 1)));
            assertThat(start().says()).startsWith(path + ": another process ");
            awaitNothingBeside(path);
        } finally {
            for (SocketChannel client : waiting) {
                client.close();
            }
        }
    }

    @Test
    void whatIsNoSocketIsNeverTouched() throws Exception {
        Files.writeString(path, "precious");
        assertThat(start().says()).startsWith(path + ": something else is there");
        assertThat(path).hasContent("precious");
        servers.get(0).close();
        assertThat(path).hasContent("precious");

        Path link = folder.resolve("link");
        Files.createSymbolicLink(link, path);
        assertThat(start(link).says()).startsWith(link + ": something else is there");
        assertThat(path).hasContent("precious");
        assertThat(start(folder).says()).startsWith(folder + ": something else is there");
    }

    @Test
    void folderThatIsNotThereIsWaitedFor() throws Exception {
        Path deeper = folder.resolve("run");
        Door door = start(deeper.resolve("a"));
        assertThat(door.says()).isEqualTo(deeper.resolve("a") + ": its folder is not there");
        Files.createDirectory(deeper);
        await().atMost(WAIT).until(() -> door.says().equals("open"));
        servers.get(0).close();
    }

    @Test
    void fileThatIsDeletedIsMadeAnewAndConnectionsGoOn() throws Exception {
        start();
        try (SocketChannel before = connect()) {
            // a connection is the server's only when it has been accepted
            assertThat(askForOne(before, GET.formatted("localhost", "key").replace("Connection: close\r\n", ""))).endsWith("here");
            Files.delete(path);
            await().atMost(WAIT).until(() -> Files.exists(path));
            assertThat(ask(GET.formatted("localhost", "key"))).startsWith("HTTP/1.1 200 ");
            assertThat(ask(before, GET.formatted("localhost", "key"))).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void fileThatIsReplacedStaysWhatItIs() throws Exception {
        Door door = start();
        // at once: the server looks whether its file is there, and would make it anew
        Files.move(Files.writeString(folder.resolve("other"), "precious"), path, StandardCopyOption.ATOMIC_MOVE);
        await().atMost(WAIT).until(() -> door.says().startsWith(path + ": something else is there"));
        servers.get(0).close();
        assertThat(path).hasContent("precious");
    }

    private boolean isQueued(SocketChannel client) throws IOException {
        client.configureBlocking(false);
        try {
            return client.connect(UnixDomainSocketAddress.of(path));
        } catch (SocketException e) {
            return false;
        }
    }

    private Door start() {
        return start(path);
    }

    private Door start(Path where) {
        Door door = new Door();
        Reception reception = new Reception(new RouteTable(List.of(new AdminRoute("GET", "/word", Access.KEY,
                request -> AdminResponse.text(200, "text/plain", "here"))), List::of), door, new TestJson(), host -> true);
        servers.add(HttpServer.start(new AdminHttpConfig(50, 1, Duration.ofMinutes(1)),
                Map.of(new SocketFile(where, door), reception)));
        return door;
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(path));
    }

    private String ask(String request) throws IOException {
        try (SocketChannel channel = connect()) {
            return ask(channel, request);
        }
    }

    private static String ask(SocketChannel channel, String request) throws IOException {
        send(channel, request);
        return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** The answer to a request after which the connection stays. */
    private static String askForOne(SocketChannel channel, String request) throws IOException {
        send(channel, request);
        StringBuilder answer = new StringBuilder();
        InputStream in = Channels.newInputStream(channel);
        for (int next = in.read(); next >= 0; next = in.read()) {
            answer.append((char) next);
            if (answer.indexOf("\r\n\r\nhere") >= 0) {
                break;
            }
        }
        return answer.toString();
    }

    private static void send(SocketChannel channel, String request) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** A server that waits for its place tries again and again, and for that moment has a folder of its own there. */
    private void awaitNothingBeside(Path file) {
        await().atMost(WAIT).ignoreExceptions().until(() -> files().equals(List.of(file)));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(file -> !file.equals(folder)).sorted(Comparator.reverseOrder()).toList();
        }
    }

    /** A door whose key is {@code key}; remembers what it was told last. */
    private static final class Door implements PlainDoor {

        private volatile String said = "";

        String says() {
            return said;
        }

        @Override
        public void opened(String where) {
            throw new IllegalStateException("this is no address");
        }

        @Override
        public void failed(String reason) {
            throw new IllegalStateException("this is no address");
        }

        @Override
        public void socketOpened() {
            said = "open";
        }

        @Override
        public void socketFailed(String reason) {
            said = reason;
        }
    }
}
