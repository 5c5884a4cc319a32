package io.sluice.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Commands that reach their gateway through a UNIX domain socket. */
@Timeout(60)
class SocketCommandsTest {

    @TempDir
    private Path base;
    private Path folder;
    private Path path;
    private FakeGateway gateway;
    private ServerSocketChannel front;

    private record Result(int exit, String out, String err) {
    }

    /** A socket before the gateway's port. */
    @BeforeEach
    void start() throws IOException {
        folder = Files.createTempDirectory(Path.of("/tmp"), "s");
        path = folder.resolve("a b.sock");
        gateway = new FakeGateway();
        gateway.on("GET /v1/status", 200, "{\"revision\":7}").on("POST /v1/reload", 200, "{\"revision\":8}");
        front = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        front.bind(UnixDomainSocketAddress.of(path));
        daemon(this::accept);
        Files.createDirectories(base.resolve("conf"));
        Files.createDirectories(base.resolve("data"));
        Files.writeString(base.resolve("data/admin-secret"), FakeGateway.KEY);
    }

    @AfterEach
    void stop() throws IOException {
        front.close();
        gateway.close();
        Files.deleteIfExists(path);
        Files.delete(folder);
    }

    @Test
    void theSettingsNameTheSocketWhereTheAddressIsOff() throws IOException {
        for (String address : List.of("off", "127.0.0.1:0")) {
            settings(address, path.toString());
            assertThat(sluice("status", "--format", "json")).isEqualTo(new Result(0, "{\"revision\":7}\n", ""));
        }
        assertThat(sluice("reload").exit()).isZero();
        settings("127.0.0.1:" + gateway.port(), folder.resolve("nobody").toString());
        assertThat(sluice("status").exit()).as("the address first").isZero();
    }

    @Test
    void theSocketMayBeNamed() throws IOException {
        Path key = Files.writeString(base.resolve("key"), "other");
        for (String url : List.of("unix:", "unix://")) {
            String admin = url + folder + "/a%20b.sock";
            assertThat(sluice("status", "--admin", admin).exit()).isZero();
            assertThat(sluice("status", "--admin", admin, "--key-file", key.toString()).exit()).isEqualTo(ExitCode.REFUSED);
        }
        assertThat(sluice("status", "--admin", "unix:" + Path.of("").toAbsolutePath().relativize(folder) + "/a%20b.sock").exit()).isZero();
    }

    @Test
    void whereNobodyListensThePathIsNamed() throws IOException {
        settings("off", folder.resolve("nobody").toString());
        Result result = sluice("status");
        assertThat(result.exit()).isEqualTo(ExitCode.NOT_REACHABLE);
        assertThat(result.err()).startsWith("sluice: no gateway answers at unix:" + folder + "/nobody: ");
        assertThat(sluice("status", "--admin", "unix:/" + "x".repeat(200)).exit()).isEqualTo(ExitCode.NOT_REACHABLE);
        assertThat(sluice("status", "--admin", "unix:%00").exit()).isEqualTo(ExitCode.USAGE);
        assertThat(sluice("status", "--admin", "unix:").exit()).isEqualTo(ExitCode.USAGE);
    }

    private void settings(String address, String socket) throws IOException {
        Files.writeString(base.resolve("conf/sluice.json"), "{ \"admin\": { \"address\": \"" + address + "\", \"socket\": \""
                + socket + "\" } }");
    }

    private Result sluice(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commands = Main.commands().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] line = Arrays.copyOf(arguments, arguments.length + 2);
        line[arguments.length] = "--base";
        line[arguments.length + 1] = base.toString();
        return new Result(commands.execute(line), out.toString(), err.toString());
    }

    private void accept() throws IOException {
        while (true) {
            SocketChannel client = front.accept();
            SocketChannel server = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
            daemon(() -> copy(client, server));
            daemon(() -> copy(server, client));
        }
    }

    private static void copy(ByteChannel from, ByteChannel to) throws IOException {
        try (from; to) {
            ByteBuffer buffer = ByteBuffer.allocate(8192);
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // one of the two has ended
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
