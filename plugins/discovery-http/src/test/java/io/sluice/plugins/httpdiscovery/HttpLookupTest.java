package io.sluice.plugins.httpdiscovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.sluice.spi.discovery.DiscoveryException;
import io.sluice.spi.discovery.FoundTarget;
import io.sluice.testing.json.JacksonJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpLookupTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void serve(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    private void answer(String path, int status, String body) {
        serve(path, exchange -> reply(exchange, status, body.getBytes(StandardCharsets.UTF_8)));
    }

    private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static HttpLookup lookup(String url, Map<String, String> headers, Duration timeout) {
        return new HttpLookup(Configs.asking(url, headers, timeout), Endpoint.parse(url), new JacksonJson());
    }

    private static List<String> look(String url) throws DiscoveryException {
        return lookup(url, Map.of(), Duration.ofSeconds(20)).look().targets().stream().map(FoundTarget::address).toList();
    }

    @Test
    void asksForJsonAndFindsTheTargets() throws Exception {
        AtomicReference<HttpExchange> asked = new AtomicReference<>();
        serve("/v1", exchange -> {
            asked.set(exchange);
            reply(exchange, 200, "{\"hosts\": [\"a:1\", \"http://b:2/\"]}".getBytes(StandardCharsets.UTF_8));
        });
        String url = url("/v1?dc=x%20y").replace("127.0.0.1", "user:pass@127.0.0.1");

        assertThat(lookup(url, Map.of("X-Key", "k"), Duration.ofSeconds(20)).look()).satisfies(answer -> {
            assertThat(answer.targets()).containsExactly(FoundTarget.at("a:1"), FoundTarget.at("b:2"));
            assertThat(answer.validFor()).isEqualTo(Duration.ofSeconds(10));
        });
        assertThat(asked.get().getRequestMethod()).isEqualTo("GET");
        assertThat(asked.get().getRequestURI().getRawQuery()).isEqualTo("dc=x%20y");
        assertThat(asked.get().getRequestHeaders()).containsEntry("Accept", List.of("application/json"))
                .containsEntry("X-Key", List.of("k")).containsEntry("Connection", List.of("close"))
                .containsEntry("Authorization", List.of("Basic dXNlcjpwYXNz"));
    }

    @Test
    void tenThousandTargetsAreFine() throws Exception {
        answer("/", 200, IntStream.range(0, 10_000).mapToObj(i -> "\"10.0." + i / 256 + "." + i % 256 + ":6379\"")
                .collect(Collectors.joining(",", "{\"hosts\":[", "]}")));

        assertThat(look(url("/"))).hasSize(10_000).last().isEqualTo("10.0.39.15:6379");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "500 | {\"hosts\": [\"a:1\"]}  | answered with status 500 (expected: 200)",
        "404 | ''                      | answered with status 404 (expected: 200)",
        "401 | ''                      | answered with status 401 (expected: 200)",
        "304 | ''                      | answered with status 304 (expected: 200)",
        "200 | ''                      | answered nothing (expected: JSON)",
        "204 | ''                      | answered nothing (expected: JSON)",
        "200 | <html>no</html>         | answered HTML or XML (expected: JSON; is the path right, and does it need a header?)",
        "200 | {\"hosts\":             | answered something that is not JSON: line 1, column",
        "200 | hosts                   | answered something that is not JSON: line 1, column",
        "200 | {}                      | answered nothing at data_path \"hosts\" (expected: a host, or host:port)",
    })
    void whatIsNoAnswerIsAFailure(int status, String body, String message) {
        answer("/x", status, body);

        assertThatThrownBy(() -> look(url("/x?token=secret"))).isInstanceOf(DiscoveryException.class)
                .hasMessageStartingWith(url("/x") + " " + message).hasMessageNotContaining("secret");
    }

    @Test
    void emptyListsAndPlaceholdersAreLeftToTheKernelsRules() throws Exception {
        answer("/empty", 200, "{\"hosts\": [\"\"]}");

        assertThat(look(url("/empty"))).containsExactly("");
    }

    @Test
    void nobodyThereIsAFailure() throws Exception {
        // a port that is bound is nobody else's, and refuses while nobody listens
        try (Socket bound = new Socket()) {
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            assertThatThrownBy(() -> look("http://127.0.0.1:" + bound.getLocalPort() + "/")).isInstanceOf(DiscoveryException.class)
                    .hasMessageContaining("cannot be reached: Connection refused");
        }
        assertThatThrownBy(() -> look("http://no-such-host.invalid/")).isInstanceOf(DiscoveryException.class)
                .hasMessageContaining("has a host name that cannot be resolved");
    }

    @Test
    void redirectionsAreFollowedAndKeepKeysFromOtherHosts() throws Exception {
        AtomicReference<HttpExchange> there = new AtomicReference<>();
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        other.createContext("/", exchange -> {
            there.set(exchange);
            reply(exchange, 200, "{\"hosts\": [\"a:1\"]}".getBytes(StandardCharsets.UTF_8));
        });
        other.start();
        try {
            redirect("/one", 302, "/two?x=1");
            redirect("/two", 307, "http://127.0.0.1:" + other.getAddress().getPort() + "/three");
            String url = url("/one").replace("127.0.0.1", "user:pass@127.0.0.1");

            assertThat(lookup(url, Map.of("X-Key", "k"), Duration.ofSeconds(20)).look().targets()).hasSize(1);
            assertThat(there.get().getRequestHeaders()).doesNotContainKeys("X-key", "Authorization");
        } finally {
            other.stop(0);
        }
    }

    private void redirect(String path, int status, String location) {
        serve(path, exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            reply(exchange, status, new byte[0]);
        });
    }

    @Test
    void redirectionsAreBounded() {
        redirect("/round", 302, "/round");

        assertThatThrownBy(() -> look(url("/round"))).isInstanceOf(DiscoveryException.class)
                .hasMessage(url("/round") + " redirects more than 5 times");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://h/", "http:// /", "jar:http://h!/"})
    void redirectionsLeadToHttpOnly(String location) {
        redirect("/away", 302, location);

        assertThatThrownBy(() -> look(url("/away"))).isInstanceOf(DiscoveryException.class)
                .hasMessageContaining("redirects to where it cannot be followed");
    }

    @Test
    void aRedirectionNeverLeadsOutOfTls() {
        assertThatThrownBy(() -> Endpoint.parse("https://h/").redirected("http://h/"))
                .hasMessage("it leads from https to http");
    }

    @Test
    void anEndlessAnswerEndsAtTheBound() {
        serve("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] spaces = " ".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
            try (OutputStream out = exchange.getResponseBody()) {
                while (true) {
                    out.write(spaces);
                }
            }
        });

        assertThatThrownBy(() -> look(url("/endless"))).hasMessage(url("/endless") + " answered with more than 4 MiB");
    }

    @Test
    void silenceEndsAtTheTimeout() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        serve("/silent", exchange -> await(end));
        try {
            assertThatThrownBy(() -> lookup(url("/silent"), Map.of(), Duration.ofMillis(200)).look())
                    .hasMessage(url("/silent") + " did not answer within 200 ms");
        } finally {
            end.countDown();
        }
    }

    @Test
    void aDripEndsAtTheTimeout() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        serve("/drip", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (end.getCount() > 0) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                pause(end, 20);
            }
        });
        try {
            assertThatThrownBy(() -> lookup(url("/drip"), Map.of(), Duration.ofMillis(300)).look())
                    .hasMessage(url("/drip") + " did not answer within 300 ms");
        } finally {
            end.countDown();
        }
    }

    @Test
    void closingEndsALookThatWaits() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        serve("/silent", exchange -> {
            asked.countDown();
            await(end);
        });
        HttpLookup lookup = lookup(url("/silent"), Map.of(), Duration.ofSeconds(25));
        CompletableFuture<Object> look = CompletableFuture.supplyAsync(() -> {
            try {
                return lookup.look();
            } catch (DiscoveryException e) {
                throw new CompletionException(e);
            }
        }, threads);
        try {
            assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
            lookup.close();
            assertThat(look.handle((answer, failure) -> failure.getCause()).get(60, TimeUnit.SECONDS))
                    .isInstanceOf(DiscoveryException.class).as("not the silence's end").hasMessageNotContaining("did not answer within");
        } finally {
            end.countDown();
        }
    }

    @Test
    void somebodyWhoDoesNotSpeakHttpIsAFailure() throws Exception {
        try (ServerSocket redis = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            threads.submit(() -> {
                while (true) {
                    try (Socket client = redis.accept(); InputStream in = client.getInputStream()) {
                        client.getOutputStream().write("-ERR unknown command\r\n".getBytes(StandardCharsets.US_ASCII));
                        client.shutdownOutput();
                        in.transferTo(OutputStream.nullOutputStream());
                    }
                }
            });
            assertThatThrownBy(() -> look("http://127.0.0.1:" + redis.getLocalPort() + "/"))
                    .isInstanceOf(DiscoveryException.class);
        }
    }

    private static void await(CountDownLatch latch) {
        pause(latch, 60_000);
    }

    private static void pause(CountDownLatch latch, long millis) {
        try {
            latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
