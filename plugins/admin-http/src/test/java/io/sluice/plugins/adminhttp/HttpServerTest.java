package io.sluice.plugins.adminhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.admin.AdminRoute.Access;
import io.sluice.spi.admin.AdminRoute;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bytes in, bytes out, on real sockets. */
class HttpServerTest {

    private static final Duration WAIT = Duration.ofSeconds(30);
    /** Longer than any machine stalls: no client is given up where that is not what is looked at. */
    private static final Duration PATIENT = Duration.ofMinutes(1);
    private static final Duration IMPATIENT = Duration.ofSeconds(1);

    private final CountDownLatch held = new CountDownLatch(1);
    private final AtomicReference<Throwable> streamEnd = new AtomicReference<>();
    private final Door door = new Door();
    private HttpServer server;

    @BeforeEach
    void start() {
        start(PATIENT);
    }

    private void start(Duration patience) {
        server = HttpServer.start(new AdminHttpConfig(50, 1, patience),
                Map.of(new TcpPort(new BindAddress("127.0.0.1", 0), door), reception()));
        assertThat(door.url).hasSize(1);
    }

    /** Puts one in its place that gives clients up soon. */
    private void startImpatient() {
        server.close();
        door.url.clear();
        start(IMPATIENT);
    }

    @AfterEach
    void stop() {
        held.countDown();
        server.close();
    }

    private Reception reception() {
        return new Reception(new RouteTable(List.of(
                new AdminRoute("GET", "/echo/{word}", Access.KEY, request -> AdminResponse.text(200, "text/plain",
                        request.variable("word") + request.query())),
                new AdminRoute("POST", "/body", Access.KEY, request -> AdminResponse.text(200, "text/plain", request.text())),
                new AdminRoute("GET", "/slow", Access.PUBLIC, request -> {
                    awaitHeld();
                    return AdminResponse.text(200, "text/plain", "slow");
                }),
                new AdminRoute("GET", "/fails", Access.PUBLIC, request -> {
                    throw new IllegalStateException("on purpose");
                }),
                new AdminRoute("GET", "/tyk", Access.TYK, request -> AdminResponse.json(200, "[]")),
                new AdminRoute("GET", "/quiet", Access.PUBLIC, request -> new AdminResponse(200, Map.of(),
                        new AdminResponse.Stream(this::quiet))),
                new AdminRoute("GET", "/flood", Access.PUBLIC, request -> new AdminResponse(200, Map.of(),
                        new AdminResponse.Stream(this::flood)))), List::of), door, new TestJson(),
                host -> HostRule.admits(host, door.hosts()));
    }

    private void awaitHeld() {
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void quiet(OutputStream out) throws IOException {
        out.write('x');
        awaitHeld();
    }

    private void flood(OutputStream out) throws IOException {
        try {
            while (true) {
                out.write(new byte[65536]);
            }
        } catch (IOException e) {
            streamEnd.set(e);
            throw e;
        }
    }

    @Test
    void requestsAreAnsweredOneAfterTheOther() throws Exception {
        String get = "GET /echo/%61%2Fb?x=1&x=2 HTTP/1.1\r\nHost: localhost\r\nx-tyk-authorization: key\r\n";
        String answer = ask(get + "\r\n" + get + "\r\n" + get + "Connection: close\r\n\r\n");
        assertThat(answer.split("HTTP/1.1 200 OK", -1)).hasSize(4);
        assertThat(answer).contains("a/b{x=[1, 2]}");
    }

    @Test
    void whatIsSentFarAheadIsAnsweredUntilOneAnswerSaysThatItIsTheLast() throws Exception {
        String get = "GET /echo/x HTTP/1.1\r\nHost: localhost\r\nAuthorization: bearer key\r\n\r\n";
        String[] few = ask(get.repeat(50) + get.replace("Host", "Connection: close\r\nHost")).split("HTTP/1.1 200 OK", -1);
        assertThat(few).hasSize(52);
        String[] many = askBehindOneThatIsHeld(get.repeat(500)).split("HTTP/1.1 200 OK", -1);
        assertThat(many.length).isBetween(100, 501);
        assertThat(many[many.length - 2]).doesNotContain("connection: close");
        assertThat(many[many.length - 1]).contains("connection: close");
    }

    /** The first request is answered when all have been sent: they are there then, however slowly they came. */
    private String askBehindOneThatIsHeld(String requests) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n" + requests).getBytes(StandardCharsets.US_ASCII));
            held.countDown();
            return read(socket);
        }
    }

    @Test
    void targetMayBeInTheAbsoluteForm() throws Exception {
        String rest = " HTTP/1.1\r\nHost: other.example\r\nAuthorization: bearer key\r\nConnection: close\r\n\r\n";
        assertThat(ask("GET http://localhost:1/echo/x?y=1" + rest)).startsWith("HTTP/1.1 200 ").contains("x{y=[1]}");
        assertThat(ask("GET HTTP://127.0.0.1/echo/x" + rest)).startsWith("HTTP/1.1 200 ");
        assertThat(ask("GET http://localhost" + rest)).startsWith("HTTP/1.1 404 ");
        assertThat(ask("GET http://evil.example/echo/x" + rest.replace("other.example", "localhost"))).startsWith("HTTP/1.1 421 ");
        assertThat(ask("GET http://u@localhost/echo/x" + rest)).startsWith("HTTP/1.1 421 ");
        assertThat(ask("GET https://localhost/echo/x" + rest)).startsWith("HTTP/1.1 400 ");
        assertThat(ask("GET echo" + rest)).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void whatCannotBeExpectedIsRefusedAtOnce() throws Exception {
        assertThat(ask("POST /body HTTP/1.1\r\nHost: localhost\r\nExpect: the-best\r\nContent-Length: 5\r\n\r\nhello"))
                .startsWith("HTTP/1.1 417 ").contains("problem+json", "connection: close");
        assertThat(ask("GET /echo/x HTTP/2.0\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.1 505 ");
        assertThat(ask("POST /body HTTP/1.1\r\nHost: localhost\r\nAuthorization: bearer key\r\nExpect: 100-continue\r\n"
                + "Connection: close\r\nContent-Length: 5\r\n\r\nhello")).startsWith("HTTP/1.1 100 ").endsWith("\r\n\r\nhello");
    }

    @Test
    void whoHasAskedEverythingStillGetsTheAnswer() throws Exception {
        String get = "GET /slow HTTP/1.1\r\nHost: localhost\r\n";
        for (String request : List.of(get + "\r\n", get + "Connection: close\r\n\r\n", get + "\r\n" + get + "\r\n")) {
            try (Socket socket = connect()) {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();
                held.countDown();
                assertThat(read(socket).split("HTTP/1.1 200 OK", -1)).as(request).hasSize(request.split("GET", -1).length);
            }
        }
        try (Socket socket = connect()) {
            socket.getOutputStream().write("GET /sl".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            assertThat(readQuietly(socket)).isNotEqualTo("still open").doesNotContain("200 OK");
        }
    }

    @Test
    void streamToAClientOfHttp10IsNotInChunks() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream().write("GET /flood HTTP/1.0\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String begin = new String(socket.getInputStream().readNBytes(1000), StandardCharsets.ISO_8859_1);
            assertThat(begin).startsWith("HTTP/1.1 200 ").doesNotContain("transfer-encoding").contains("connection: close");
            assertThat(begin.substring(begin.indexOf("\r\n\r\n") + 4)).matches("\0+");
        }
    }

    @Test
    void codingsThatAreNotUndoneAreRefused() throws Exception {
        for (String coding : List.of("gzip, chunked", "gzip", "identity")) {
            assertThat(ask("POST /body HTTP/1.1\r\nHost: localhost\r\nAuthorization: bearer key\r\nTransfer-Encoding: " + coding
                    + "\r\n\r\n5\r\nhello\r\n0\r\n\r\n")).as(coding).containsPattern("^HTTP/1.1 (400|501) ").doesNotContain("hello");
        }
    }

    @Test
    void bodyMayComeInAnySplit() throws Exception {
        byte[] request = ("POST /body HTTP/1.1\r\nHost: localhost\r\nAuthorization: bearer key\r\nConnection: close\r\n"
                + "Content-Length: 5\r\n\r\nhello").getBytes(StandardCharsets.US_ASCII);
        for (int split = 1; split < request.length; split += 3) {
            try (Socket socket = connect()) {
                socket.getOutputStream().write(request, 0, split);
                socket.getOutputStream().flush();
                socket.getOutputStream().write(request, split, request.length - split);
                assertThat(read(socket)).as("split at %d", split).endsWith("\r\n\r\nhello");
            }
        }
    }

    @Test
    void whoHasNoKeyIsToldInTheShapeOfTheInterface() throws Exception {
        assertThat(ask("GET /tyk HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 403 ")
                .contains("\"status\":\"error\"");
        assertThat(ask("GET /tyk?authorization=key HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 403 ");
        assertThat(ask("PUT /tyk/nothing/here HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ").contains("\"status\":\"error\"");
        assertThat(ask("GET /nothing/here HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 401 ");
        assertThat(ask("GET /echo/x HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic key\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 401 ");
    }

    @Test
    void methodThatAPathDoesNotHaveIsToldInTheShapeOfTheInterface() throws Exception {
        String rest = " HTTP/1.1\r\nHost: localhost\r\nAuthorization: bearer key\r\nConnection: close\r\n\r\n";
        assertThat(ask("PATCH /tyk" + rest)).startsWith("HTTP/1.1 405 ").contains("allow: GET, HEAD",
                "{\"status\":\"error\",\"message\":\"Method not supported\"}");
        assertThat(ask("PATCH /echo/x" + rest)).startsWith("HTTP/1.1 405 ").contains("allow: GET, HEAD", "problem+json");
        assertThat(ask("OPTIONS /echo/x" + rest)).startsWith("HTTP/1.1 405 ");
        assertThat(ask("OPTIONS *" + rest)).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void faultOfAHandlerShowsNothingOfItself() throws Exception {
        assertThat(ask("GET /fails HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 500 ")
                .doesNotContain("on purpose");
    }

    @Test
    void requestThatTricklesIsEnded() throws Exception {
        startImpatient();
        for (String begin : List.of("", "GET ", "GET /echo/x HTTP/1.1\r\nHost: loc",
                "POST /body HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000\r\n\r\nabc")) {
            try (Socket socket = connect()) {
                socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
                Thread trickle = new Thread(() -> trickle(socket));
                trickle.start();
                assertThat(readQuietly(socket)).as(begin).isEmpty();
                trickle.interrupt();
            }
        }
    }

    private static void trickle(Socket socket) {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(100);
                socket.getOutputStream().write('x');
            }
        } catch (IOException | InterruptedException e) {
            // ended
        }
    }

    @Test
    void readerThatNeverReadsIsCut() throws Exception {
        startImpatient();
        try (Socket socket = streamAsSoonAsThereIsAPlace("/flood HTTP/1.1")) {
            await().atMost(WAIT).until(() -> streamEnd.get() != null);
            assertThat(streamEnd.get()).hasMessageContaining("reads nothing");
        }
    }

    @Test
    void streamsAreBounded() throws Exception {
        try (Socket first = connect()) {
            first.getOutputStream().write("GET /quiet HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(first.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
            assertThat(ask("GET /quiet HTTP/1.1\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.1 503 ").contains("retry-after");
        }
    }

    @Test
    void clientOfAStreamThatGoesLeavesItsPlaceAtOnce() throws Exception {
        for (boolean half : new boolean[] {false, true}) {
            try (Socket first = streamAsSoonAsThereIsAPlace("/quiet HTTP/1.1")) {
                if (half) {
                    first.shutdownOutput();
                    assertThat(readQuietly(first)).isNotEqualTo("still open");
                }
            }
            streamAsSoonAsThereIsAPlace("/quiet HTTP/1.1").close();
            streamAsSoonAsThereIsAPlace("/flood HTTP/1.0").close();
        }
    }

    /**
     * A stream that has begun. The one place there is may still be that of a client that has just gone, and a server without
     * patience may have given up this one before it asked.
     */
    private Socket streamAsSoonAsThereIsAPlace(String target) {
        return await().atMost(WAIT).until(() -> {
            Socket socket = connect();
            try {
                socket.getOutputStream().write(("GET " + target + "\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                if (new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).equals("HTTP/1.1 200")) {
                    return socket;
                }
            } catch (SocketException e) {
                // given up: the next one may be quicker
            }
            socket.close();
            return null;
        }, Objects::nonNull);
    }

    @Test
    void closingLetsWhatIsAnsweredEndAndFreesThePort() throws Exception {
        URI url = door.url.peek();
        try (Socket socket = connect()) {
            socket.getOutputStream().write("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Thread closing = new Thread(server::close);
            closing.start();
            await().atMost(WAIT).until(() -> isFree(url.getPort()));
            held.countDown();
            closing.join(WAIT.toMillis());
            assertThat(closing.isAlive()).isFalse();
        }
        await().atMost(WAIT).until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith("sluice-admin")));
    }

    @Test
    void portThatIsHeldIsReportedAndTriedAgain() throws Exception {
        Door other = new Door();
        HttpServer waiting;
        try (ServerSocket squatter = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            waiting = HttpServer.start(new AdminHttpConfig(1, 1, PATIENT),
                    Map.of(new TcpPort(new BindAddress("127.0.0.1", squatter.getLocalPort()), other), reception()));
            assertThat(other.failures.poll(WAIT.toSeconds(), TimeUnit.SECONDS)).contains("in use");
        }
        try {
            assertThat(other.url.poll(WAIT.toSeconds(), TimeUnit.SECONDS)).isNotNull();
        } finally {
            waiting.close();
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new java.net.InetSocketAddress("127.0.0.1", port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", door.url.peek().getPort());
        socket.setSoTimeout((int) WAIT.toMillis());
        return socket;
    }

    private String ask(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return read(socket);
        }
    }

    private static String read(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** A reset is an end as well. */
    private static String readQuietly(Socket socket) {
        try {
            return read(socket);
        } catch (IOException e) {
            return e instanceof java.net.SocketTimeoutException ? "still open" : "";
        }
    }

    /** A door whose key is {@code key}. */
    private static final class Door implements PlainDoor {

        private final BlockingQueue<URI> url = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();

        @Override
        public void opened(String where) {
            url.add(URI.create(where));
        }

        @Override
        public void failed(String reason) {
            failures.add(reason);
        }
    }
}
