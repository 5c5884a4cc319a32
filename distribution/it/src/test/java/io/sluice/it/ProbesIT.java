package io.sluice.it;

import static io.sluice.it.EchoServer.echoes;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.certs.Authority;
import io.sluice.testing.certs.CertificateRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What probes send before their conversation begins: PROXY headers and TLS. */
class ProbesIT {

    private static final String LOCAL_HEADER = HexFormat.of().formatHex("\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.US_ASCII))
            + "20000000";

    @TempDir
    Path base;

    private Gateway gateway;

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    /** What a probe of a check with these fields sends, as hex. */
    private String sent(String proxy, String check) throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (EchoServer server = new EchoServer(socket -> {
            StringBuilder hex = new StringBuilder();
            int b = socket.getInputStream().read();
            for (; b >= 0 && b != '!'; b = socket.getInputStream().read()) {
                hex.append(HexFormat.of().toHexDigits((byte) b));
            }
            // one whose time was over before it had said all counts for nothing
            if (b >= 0) {
                heads.add(hex.toString());
            }
        })) {
            gateway.service("a", "{ \"name\": \"a\", \"listen_port\": " + Gateway.freePort() + ", \"protocol\": \"tcp\","
                    + " \"proxy\": { \"target_url\": \"" + server.address() + "\"" + proxy + " }, \"uptime_tests\": { \"check_list\": ["
                    + "{ \"url\": \"" + server.address() + "\"" + check + ", \"commands\": [{ \"name\": \"send\", \"message\": \"!\" }] }] } }");
            return heads.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void headerIsSentAsTheCheckOrElseTheServiceSays() throws Exception {
        gateway = Gateway.on(base).start();
        String unknown = HexFormat.of().formatHex("PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII));
        String v2 = ", \"send_proxy_protocol\": \"v2\"";
        assertThat(sent("", "")).isEmpty();
        assertThat(sent("", ", \"enable_proxy_protocol\": true")).isEqualTo(unknown);
        assertThat(sent(v2, "")).isEqualTo(LOCAL_HEADER);
        assertThat(sent(v2, ", \"enable_proxy_protocol\": true")).isEqualTo(LOCAL_HEADER);
        assertThat(sent(v2, ", \"enable_proxy_protocol\": false")).isEmpty();
    }

    @Test
    void connectionAloneChecksHandshakeAndVerification() throws Exception {
        Authority root = Authority.root("root");
        int port = Gateway.freePort();
        try (EchoServer trusted = TlsTarget.showing(root.issue(CertificateRequest.forName("localhost").ip("127.0.0.1")))
                .serving(socket -> EchoServer.ECHO.serve(socket));
                EchoServer stranger = TlsTarget.showing(Authority.selfSigned(CertificateRequest.forName("localhost").ip("127.0.0.1")))
                        .serving(socket -> EchoServer.ECHO.serve(socket))) {
            gateway = Gateway.on(base).file("certs/ca.pem", root.own().certificatePem()).service("a", """
                    { "name": "a", "listen_port": %d, "protocol": "tcp", "check_host_against_uptime_tests": true,
                      "proxy": { "target_list": [ "tls://%s", "tls://%s" ], "retries": 0, "transport": { "ca": "certs/ca.pem" } },
                      "uptime_tests": { "config": { "interval": "1m", "timeout": "1m" }, "default_check": { "commands": [] } } }
                    """.formatted(port, stranger.address(), trusted.address())).start();
            for (int i = 0; i < 4; i++) {
                assertThat(echoes(port)).isTrue();
            }
        }
    }
}
