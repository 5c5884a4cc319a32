package io.sluice.it;

import static io.sluice.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.certs.Authority;
import io.sluice.testing.certs.CertificateRequest;
import io.sluice.testing.certs.Issued;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every plugin of the distribution is replaced at once, the admin server included, while all of them are in use. */
class ShippedSwapIT {

    private static final Authority CA = Authority.root("Test CA");
    private static final Issued LOCAL = CA.issue(CertificateRequest.forName("localhost").ip("127.0.0.1"));
    private static final Issued ALICE = CA.issue(CertificateRequest.of("CN=alice,O=Example"));
    private static final List<String> BALANCERS = List.of("first", "least_connections", "random", "round_robin", "source_hash");

    @TempDir
    Path base;

    private final List<Socket> open = new ArrayList<>();
    private Gateway gateway;
    private EchoServer plain;
    private EchoServer secure;
    private Admin api;
    private int tls;
    private final List<Integer> balanced = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        plain = new EchoServer(EchoServer.ECHO);
        TlsTarget inside = TlsTarget.showing(LOCAL);
        secure = new EchoServer(socket -> {
            ProxyHeader.read(socket.getInputStream());
            EchoServer.ECHO.serve(inside.over(socket));
        });
        tls = Gateway.freePort();
        gateway = Gateway.on(base).with("\"plugins\": { \"poll\": \"50ms\" }",
                        "\"admin\": { \"address\": \"127.0.0.1:" + Gateway.freePort() + "\" }")
                .file("certs/a.pem", LOCAL.pem()).file("certs/ca.pem", CA.own().certificatePem())
                .file("targets.json", "[\"" + plain.address() + "\"]");
        gateway.service("tls", """
                { "name": "tls", "listen_port": %d, "protocol": "tls", "certificate": "certs/a.pem",
                  "use_mutual_tls_auth": true, "client_certificates": "certs/ca.pem",
                  "enable_proxy_protocol": true, "proxy_protocol": { "trusted": ["127.0.0.0/8"] },
                  "enable_ip_blacklisting": true, "blacklisted_ips": ["127.0.0.9"],
                  "proxy": { "target_url": "tls://%s", "transport": { "ca": "certs/ca.pem" },
                    "send_proxy_protocol": { "version": "v2" } } }""".formatted(tls, secure.address()));
        for (String balancer : BALANCERS) {
            balanced.add(Gateway.freePort());
            gateway.service(balancer, balanced(balancer, balanced.get(balanced.size() - 1)));
        }
        gateway.start();
        api = Admin.of(gateway);
    }

    /** A service with probes, and a discovery that finds what is listed. */
    private String balanced(String balancer, int port) {
        return """
                { "name": "%1$s", "listen_port": %2$d, "protocol": "tcp", "enable_load_balancing": true,
                  "check_host_against_uptime_tests": true,
                  "proxy": { "balancer": "%1$s", "target_list": ["%3$s"],
                    "service_discovery": { "name": "file", "path": "targets.json" } },
                  "uptime_tests": { "check_list": [ { "url": "%3$s", "interval": "100ms", "timeout": "100ms", "fall": 1000, "commands":
                    [ { "name": "send", "message": "PING" }, { "name": "expect", "message": "PING" } ] } ] } }
                """.formatted(balancer, port, plain.address());
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        gateway.close();
        plain.close();
        secure.close();
    }

    @Test
    void allAreReplacedWhileConnectionsFlowAndTheirClassLoadersAreCollected() throws Exception {
        connectAll();
        long loaders = PluginLoaders.alive(gateway);
        assertThat(loaders).isEqualTo(PluginJar.shipped().size());
        List<Socket> before = List.copyOf(open);

        for (Path jar : PluginJar.shipped()) {
            PluginJar.put(base.resolve("plugins").resolve(jar.getFileName().toString().replace("0.1.0", "9.0.0")),
                    PluginJar.version(jar, "9.0.0"));
        }
        await().ignoreExceptions().until(() -> versions("ACTIVE").size() == loaders
                && versions("ACTIVE").stream().allMatch("9.0.0"::equals));
        connectAll();

        for (Socket socket : open) {
            echo(socket);
        }
        assertThat(versions("DRAINING")).as("what the old connections run on").isNotEmpty();
        for (Socket socket : before) {
            socket.close();
        }
        await().until(() -> versions("DRAINING").isEmpty());
        await().pollInterval(Duration.ofSeconds(1)).untilAsserted(() ->
                assertThat(PluginLoaders.alive(gateway)).as("class loaders in memory").isEqualTo(loaders));
        assertThat(gateway.ready().get("problems").findValuesAsText("code")).noneMatch(code -> code.startsWith("plugin"));
        for (Socket socket : open.subList(before.size(), open.size())) {
            echo(socket);
        }
    }

    /** The versions of the plugins in a state. */
    private List<String> versions(String state) throws IOException {
        List<String> versions = new ArrayList<>();
        for (JsonNode plugin : api.json("GET", "/v1/plugins?limit=100").get("items")) {
            if (plugin.get("state").asText().equals(state)) {
                versions.add(plugin.get("version").asText());
            }
        }
        return versions;
    }

    private void connectAll() throws IOException {
        for (int port : balanced) {
            open.add(Gateway.eventually(() -> {
                Socket socket = Gateway.connect(port);
                try {
                    return echo(socket);
                } catch (IOException | AssertionError e) {
                    // left open it would hold the code that it runs on
                    socket.close();
                    throw e;
                }
            }));
        }
        Socket below = Gateway.connect(tls);
        below.getOutputStream().write("PROXY TCP4 192.0.2.7 192.0.2.1 4711 443\r\n".getBytes(StandardCharsets.US_ASCII));
        SSLSocket client = TlsClient.over(below, "localhost", ALICE);
        open.add(echo(client));
        assertThat(api.get("/metrics").status()).isEqualTo(200);
        assertThat(api.get("/v1/schema").status()).isEqualTo(200);
        assertThat(Gateway.text(base.resolve("stdout"))).doesNotContain("internal_error");
    }

    private static Socket echo(Socket socket) throws IOException {
        socket.getOutputStream().write("ping".getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII)).isEqualTo("ping");
        return socket;
    }
}
