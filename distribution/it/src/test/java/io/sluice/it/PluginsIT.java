package io.sluice.it;

import static io.sluice.it.EchoServer.echoes;
import static io.sluice.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The samples' jars, dropped into a running gateway, replaced and removed while connections flow. */
@Tag("jdk")
class PluginsIT extends Unstarted {


    @Test
    void plainJarIsDroppedReplacedAndRemovedWhileConnectionsFlow() throws Exception {
        int port = Gateway.freePort();
        gateway.service("a", "{ \"name\": \"a\", \"listen_port\": " + port + ", \"protocol\": \"tcp\", \"proxy\": {"
                + " \"target_list\": [\"" + server.address() + "\"], \"balancer\": \"by_client\" } }")
                .service("b", Gateway.tcp("b", Gateway.freePort(), server.address())).start();
        assertThat(gateway.ready().get("problems").get(0).get("message").asText())
                .startsWith("proxy.balancer: \"by_client\" is not installed (installed: ").contains("round_robin");
        Path sample = PluginJar.sample("balancer-by-client");
        Path dropped = base.resolve("plugins").resolve(sample.getFileName());
        Files.copy(sample, dropped);
        gateway.awaitReady("the service came up by itself", ready -> ready.get("problems").isEmpty());
        List<Socket> connections = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            connections.add(Gateway.connect(port));
            assertThat(echoes(connections.get(i))).isTrue();
        }
        for (int i = 0; i < 3; i++) {
            long before = gateway.ready().get("revision").asLong();
            Files.copy(changed(sample, i), dropped, StandardCopyOption.REPLACE_EXISTING);
            gateway.awaitReady("a new plan", ready -> ready.get("revision").asLong() > before);
            for (Socket connection : connections) {
                assertThat(echoes(connection)).isTrue();
            }
        }
        Files.delete(dropped);
        gateway.awaitReady("the file is missed", ready -> ready.toString().contains("plugin_missing_file"));
        for (Socket connection : connections) {
            assertThat(echoes(connection)).isTrue();
            connection.close();
        }
        try (Socket fresh = Gateway.connect(port)) {
            assertThat(echoes(fresh)).isTrue();
        }
    }

    @Test
    void bundleWorksLikeAPlainJar() throws Exception {
        int port = Gateway.freePort();
        Path sample = PluginJar.sample("layer-line-gate");
        Files.copy(sample, base.resolve("plugins").resolve(sample.getFileName()));
        gateway.service("a", "{ \"name\": \"a\", \"listen_port\": " + port + ", \"protocol\": \"tcp\","
                + " \"layers\": [ { \"name\": \"line_gate\", \"word\": \"sesame\" } ], \"proxy\": { \"target_url\": \""
                + server.address() + "\" } }").start();
        try (Socket right = Gateway.connect(port); Socket wrong = Gateway.connect(port)) {
            right.getOutputStream().write("HELLO sesame\nping".getBytes());
            assertThat(new String(right.getInputStream().readNBytes(4))).isEqualTo("ping");
            wrong.getOutputStream().write("HELLO thyme\n".getBytes());
            assertThat(wrong.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void swapsOfALayerUnderTrafficLeaveOneGenerationOfItsClasses() throws Exception {
        int port = Gateway.freePort();
        Path sample = PluginJar.sample("layer-line-gate");
        Path dropped = Files.copy(sample, base.resolve("plugins").resolve(sample.getFileName()));
        gateway.with("\"plugins\": { \"poll\": \"50ms\" }").service("a", "{ \"name\": \"a\", \"listen_port\": " + port + ", \"protocol\": \"tcp\","
                + " \"layers\": [ { \"name\": \"line_gate\", \"word\": \"sesame\" } ], \"proxy\": { \"target_url\": \""
                + server.address() + "\" } }").start();
        Socket before = null;
        for (int i = 0; i < 15; i++) {
            Socket fresh = Gateway.connect(port);
            fresh.getOutputStream().write("HELLO sesame\n".getBytes());
            assertThat(echoes(fresh)).isTrue();
            if (before != null) {
                assertThat(echoes(before)).isTrue();
                before.close();
            }
            before = fresh;
            long revision = gateway.ready().get("revision").asLong();
            Files.copy(changed(sample, i), dropped, StandardCopyOption.REPLACE_EXISTING);
            gateway.awaitReady("a new plan", ready -> ready.get("revision").asLong() > revision);
        }
        assertThat(echoes(before)).isTrue();
        before.close();
        await().untilAsserted(() ->
                assertThat(generationsInMemory()).isEqualTo(1));
    }

    /** A full collection, and then how many classes of the sample's factory are left: one per class loader. */
    private long generationsInMemory() throws Exception {
        return PluginLoaders.histogram(gateway).lines().filter(line -> line.contains(" com.example.linegate.LineGate ")
                || line.endsWith(" com.example.linegate.LineGate")).count();
    }

    @Test
    void brokenJarIsNamedAndHurtsNobody() throws Exception {
        int port = Gateway.freePort();
        gateway.service("a", Gateway.tcp("a", port, server.address())).start();
        Files.writeString(base.resolve("plugins/broken.jar"), "not a zip file");
        gateway.awaitReady("it is named", ready -> ready.toString().contains("broken.jar is not a jar"));
        try (Socket socket = Gateway.connect(port)) {
            assertThat(echoes(socket)).isTrue();
        }
    }

    /** The same plugin with another content. */
    private Path changed(Path jar, int number) throws IOException {
        Path copy = base.resolve("changed-" + number + ".jar");
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar));
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(copy))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                in.transferTo(out);
            }
            out.putNextEntry(new ZipEntry("generation-" + number));
        }
        return copy;
    }
}
