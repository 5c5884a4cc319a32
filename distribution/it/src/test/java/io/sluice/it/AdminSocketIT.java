package io.sluice.it;

import static io.sluice.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The admin API on a UNIX domain socket alone. */
@Tag("jdk")
class AdminSocketIT {


    @TempDir
    private Path base;

    @Test
    void itIsServedOnTheSocketWhileTheAddressIsOff() throws Exception {
        Path socket = base.resolve("one/data/admin.sock");
        try (Gateway gateway = gateway("one", "admin.sock").start()) {
            assertThat(gateway.ready().get("admin").isNull()).isTrue();
            assertThat(gateway.ready().get("admin_socket").asText()).isEqualTo(socket.toString());
            assertThat(PosixFilePermissions.fromString("rw-rw----")).containsAll(Files.getPosixFilePermissions(socket));
            assertThat(ask(socket, "/v1/status", key(gateway))).startsWith("HTTP/1.1 200 ").contains("\"revision\":1");
            assertThat(ask(socket, "/v1/status", "other")).startsWith("HTTP/1.1 401 ");
            assertThat(ask(socket, "/ready", "")).startsWith("HTTP/1.1 200 ");
            for (String command : List.of("status", "services", "plugins", "reload")) {
                Gateway.Result told = gateway.command(command, "--base", gateway.base.toString());
                assertThat(told.exit()).as(command + told.err()).isZero();
            }
            assertThat(gateway.command("status", "--admin", "unix:" + socket, "--key-file",
                    gateway.base.resolve("data/admin-secret").toString()).out()).contains("revision");
            assertThat(curl(socket, key(gateway))).contains("\"revision\":1");

            gateway.terminate();
            assertThat(gateway.exit()).isZero();
            assertThat(socket).doesNotExist();
        }
    }

    @Test
    void itIsServedAgainAfterAnEndThatLeftItBehind() throws Exception {
        try (Gateway gateway = gateway("one", "admin.sock").start()) {
            Path socket = Path.of(gateway.ready().get("admin_socket").asText());
            assertThat(new ProcessBuilder("kill", "-KILL", Long.toString(gateway.pid())).start().waitFor()).isZero();
            gateway.exit();
            assertThat(socket).exists();

            gateway.start();

            assertThat(ask(socket, "/v1/status", key(gateway))).startsWith("HTTP/1.1 200 ");
            gateway.with("\"admin\": { \"socket\": \"other.sock\" }");
            gateway.awaitReady("a problem", ready -> ready.get("problems").toString()
                    .contains("admin.socket: other.sock waits for a restart (in effect: admin.sock)"));
            Files.delete(socket);
            // a file is there a moment before somebody listens
            assertThat(Gateway.<String>eventually(() -> ask(socket, "/v1/status", key(gateway)))).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void whoComesSecondWaitsForTheEndOfTheFirst() throws Exception {
        Path socket = base.resolve("admin.sock");
        try (Gateway first = gateway("one", socket.toString()).start(); Gateway second = gateway("two", socket.toString()).start()) {
            assertThat(second.ready().get("admin_socket").isNull()).isTrue();
            second.awaitReady("a problem", ready -> ready.get("problems").toString().contains("admin_socket_closed"));
            assertThat(ask(socket, "/v1/status", key(first))).startsWith("HTTP/1.1 200 ");
            assertThat(ask(socket, "/v1/status", key(second))).startsWith("HTTP/1.1 401 ");

            first.terminate();
            assertThat(first.exit()).isZero();

            second.awaitReady("open", ready -> !ready.get("admin_socket").isNull() && ready.get("problems").isEmpty());
            assertThat(ask(socket, "/v1/status", key(second))).startsWith("HTTP/1.1 200 ");

            second.terminate();
            assertThat(second.exit()).isZero();
            assertThat(socket).doesNotExist();
        }
    }

    @Test
    void itIsServedByTheServersNextVersionAndUntilTheGatewayHasDrained() throws Exception {
        int port = Gateway.freePort();
        try (EchoServer echo = new EchoServer(EchoServer.ECHO); Gateway gateway = gateway("one", "admin.sock")
                .service("a", Gateway.tcp("a", port, echo.address())).start()) {
            Path socket = Path.of(gateway.ready().get("admin_socket").asText());
            Path shipped = PluginJar.shipped().stream().filter(jar -> jar.getFileName().toString().startsWith("admin-http"))
                    .findFirst().orElseThrow();
            PluginJar.put(gateway.base.resolve("plugins/admin-http-9.0.0.jar"), PluginJar.version(shipped, "9.0.0"));
            await().ignoreExceptions().until(() -> {
                String plugins = ask(socket, "/v1/plugins", key(gateway));
                return plugins.contains("\"9.0.0\"") && !plugins.contains("DRAINING");
            });
            try (Socket client = Gateway.connect(port)) {
                client.getOutputStream().write('x');
                assertThat(client.getInputStream().read()).isEqualTo('x');
                gateway.terminate();
                await().until(() -> ask(socket, "/ready", "").startsWith("HTTP/1.1 503 "));
                assertThat(gateway.ready().get("admin_socket").asText()).isEqualTo(socket.toString());
            }
            assertThat(gateway.exit()).isZero();
            assertThat(socket).doesNotExist();
            assertThat(gateway.ready().get("admin_socket").isNull()).isTrue();
        }
    }

    @Test
    void pathThatCannotBeIsFoundByTheCheck() throws Exception {
        Gateway gateway = gateway("one", "x".repeat(107));
        Gateway.Result result = gateway.command("check", "--base", gateway.base.toString());
        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.out()).contains("conf/sluice.json:1:", "at most 107 bytes").contains("hint: name a file in a folder with a short path");
        assertThat(gateway.runToTheEnd()).isEqualTo(3);
    }

    private Gateway gateway(String name, String socket) throws IOException {
        return Gateway.on(Files.createDirectory(base.resolve(name)))
                .with("\"admin\": { \"socket\": \"" + socket + "\" }", "\"timeouts\": { \"drain\": \"10m\" }");
    }

    private static String key(Gateway gateway) throws IOException {
        return Files.readString(gateway.base.resolve("data/admin-secret")).strip();
    }

    /** What the usual client gets; where there is none, what it would get. */
    private static String curl(Path socket, String key) throws IOException, InterruptedException {
        try {
            Process curl = new ProcessBuilder("curl", "-sSf", "--max-time", "180", "--unix-socket", socket.toString(),
                    "-H", "Authorization: Bearer " + key, "http://localhost/v1/status").start();
            String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return curl.waitFor() == 0 ? answer : "curl ends with " + curl.exitValue();
        } catch (IOException e) {
            return ask(socket, "/v1/status", key);
        }
    }

    private static String ask(Path socket, String path, String key) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            ByteBuffer request = ByteBuffer.wrap(("GET " + path + " HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n"
                    + "Authorization: Bearer " + key + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            while (request.hasRemaining()) {
                channel.write(request);
            }
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
