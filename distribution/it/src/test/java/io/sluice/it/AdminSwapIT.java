package io.sluice.it;

import static io.sluice.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The admin server is replaced while many ask it, at a port that stays. */
class AdminSwapIT extends AdminOpen {

    private static final int CLIENTS = 6;
    private static final int SWAPS = 3;
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean over;

    @Test
    void everyAnswerIsWholeAndTheNextServerIsThereAtOnce() throws Exception {
        int port = Gateway.freePort();
        int open = Gateway.freePort();
        // an address that is named stays the same over all servers
        gateway.close();
        gateway.with("\"plugins\": { \"poll\": \"50ms\" }", "\"admin\": { \"address\": \"127.0.0.1:" + port + "\" }")
                .service("a", Gateway.tcp("a", open, server.address())).start();
        admin = Admin.of(gateway);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String path = List.of("/v1/schema", "/v1/status", "/v1/services").get(i % 3);
            Thread client = new Thread(() -> ask(path), "client-" + i);
            client.start();
            clients.add(client);
        }
        Path shipped = PluginJar.shipped().stream().filter(jar -> jar.getFileName().toString().startsWith("admin-http")).findFirst()
                .orElseThrow();
        try (BackAndForth traffic = BackAndForth.over(open)) {
            for (int swap = 1; swap <= SWAPS; swap++) {
                String version = "9.0." + swap;
                PluginJar.put(base.resolve("plugins/admin-http-" + version + ".jar"), PluginJar.version(shipped, version));
                await(version).ignoreExceptions().until(() -> serves(version));
                int before = answered.get();
                await("they are answered").until(() -> answered.get() > before + CLIENTS);
            }
            assertThat(traffic.failure()).isNull();
        } finally {
            over = true;
            for (Thread client : clients) {
                client.join(Patience.LIMIT.toMillis());
            }
        }
        assertThat(wrong).isEmpty();
        await("the old ones have ended").ignoreExceptions()
                .until(() -> !admin.get("/v1/plugins").response().body().contains("DRAINING"));
        assertThat(gateway.ready().get("admin").asText()).isEqualTo("http://127.0.0.1:" + port);
        assertThat(gateway.stderr()).doesNotContain("a stream failed").doesNotContain("the answer to");
    }

    private boolean serves(String version) throws IOException, InterruptedException {
        for (var plugin : admin.get("/v1/plugins").json().get("items")) {
            if (plugin.get("version").asText().equals(version) && plugin.get("state").asText().equals("ACTIVE")) {
                return true;
            }
        }
        return false;
    }

    /** A connection a request: it is answered in full, or not at all, or asked to come again, because a server is leaving. */
    private void ask(String path) {
        URI uri = URI.create(admin.url);
        byte[] request = (admin.head("GET " + path) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        while (!over) {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
                socket.setSoTimeout((int) Patience.LIMIT.toMillis());
                socket.getOutputStream().write(request);
                socket.getInputStream().transferTo(answer);
            } catch (IOException e) {
                // nobody listens for a moment, or the server has left before it read the request
            }
            if (answer.size() > 0) {
                look(path, answer.toString(StandardCharsets.ISO_8859_1));
            }
        }
    }

    private void look(String path, String answer) {
        int head = answer.indexOf("\r\n\r\n");
        Matcher length = LENGTH.matcher(answer);
        boolean again = answer.startsWith("HTTP/1.1 503 ") && answer.contains("\r\nretry-after: ");
        if (!again && !answer.startsWith("HTTP/1.1 200 ") || head < 0 || !length.find()
                || answer.length() - head - 4 != Integer.parseInt(length.group(1))) {
            wrong.add(path + ": " + answer.substring(0, Math.min(300, answer.length())) + " … " + answer.length() + " bytes");
        } else if (!again) {
            answered.incrementAndGet();
        }
    }
}
