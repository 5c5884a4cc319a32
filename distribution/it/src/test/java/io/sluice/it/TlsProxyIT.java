package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.certs.Authority;
import io.sluice.testing.certs.CertificateRequest;
import io.sluice.testing.certs.Issued;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** PROXY headers and TLS on one connection: a header before the client's TLS, another one before the target's. */
@ParameterizedClass
@ValueSource(strings = {"boringssl", "jdk"})
@Tag("jdk")
class TlsProxyIT {

    private static final Authority CA = Authority.root("Test CA");
    private static final Issued LOCAL = CA.issue(CertificateRequest.forName("localhost").ip("127.0.0.1"));
    private static final Issued ALICE = CA.issue(CertificateRequest.of("CN=alice,O=Example"));

    @TempDir
    Path base;

    @Parameter
    String provider;

    private final BlockingQueue<ProxyHeader> headers = new LinkedBlockingQueue<>();
    private Gateway gateway;
    private int port;

    @BeforeEach
    void prepare() throws IOException {
        port = Gateway.freePort();
        gateway = Gateway.on(base).withOptions("-Dsluice.tls.provider=" + provider)
                .file("certs/a.pem", LOCAL.pem()).file("certs/ca.pem", CA.own().certificatePem());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private String service(String target, String more) {
        return "{ \"name\": \"a\", \"listen_port\": " + port + ", \"protocol\": \"tls\", \"certificate\": \"certs/a.pem\","
                + " \"tls\": { \"alpn\": [\"mqtt\", \"redis\"] }" + more + ", \"proxy\": { \"target_url\": \"" + target + "\","
                + " \"transport\": { \"ca\": \"certs/ca.pem\" }, \"send_proxy_protocol\": { \"version\": \"v2\","
                + " \"tlvs\": [\"authority\", \"alpn\", \"ssl\", \"unique_id\", \"crc32c\"] } } }";
    }

    private EchoServer target(TlsTarget tls) throws IOException {
        return new EchoServer(socket -> {
            headers.add(ProxyHeader.read(socket.getInputStream()));
            EchoServer.ECHO.serve(tls == null ? socket : tls.over(socket));
        });
    }

    private ProxyHeader header() throws InterruptedException {
        ProxyHeader header = headers.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(header).as("the target's header").isNotNull();
        return header;
    }

    private static final String MUTUAL = ", \"use_mutual_tls_auth\": true, \"client_certificates\": \"certs/ca.pem\"";
    private static final String BEHIND = ", \"enable_proxy_protocol\": true, \"proxy_protocol\": { \"trusted\": [\"127.0.0.0/8\"] }";

    @Test
    void targetLearnsWhatTheClientsTlsSaid() throws Exception {
        try (EchoServer server = target(null)) {
            gateway.service("a", service(server.address(), MUTUAL)).start();
            try (Socket plain = Gateway.connect(port); SSLSocket client = TlsClient.over(plain, "Service.Example", ALICE, "redis")) {
                assertThat(TlsClient.echoes(client)).isTrue();
                ProxyHeader header = header();
                assertThat(header.source().getPort()).isEqualTo(plain.getLocalPort());
                assertThat(header.destination().getPort()).isEqualTo(port);
                assertThat(header.text(ProxyHeader.AUTHORITY)).isEqualTo("service.example");
                assertThat(header.text(ProxyHeader.ALPN)).isEqualTo("redis");
                assertThat(header.tls().client()).as("TLS, a certificate on the connection, and in its TLS session").isEqualTo(7);
                assertThat(header.tls().verify()).isZero();
                assertThat(header.tls().text(ProxyHeader.SSL_VERSION)).isEqualTo("TLSv1.3");
                assertThat(header.tls().text(ProxyHeader.SSL_CN)).isEqualTo("alice");
                assertThat(header.tlvs()).containsKey(ProxyHeader.CRC32C);
                plain.setSoLinger(true, 0);
                plain.close();
                assertThat(record().get("id").asText()).isEqualTo(header.text(ProxyHeader.UNIQUE_ID));
            }
        }
    }

    @Test
    void whatTheClientDidNotSayIsLeftOut() throws Exception {
        try (EchoServer server = target(null)) {
            gateway.service("a", service(server.address(), "")).start();
            try (SSLSocket client = TlsClient.connect(port, "localhost", null)) {
                assertThat(TlsClient.echoes(client)).isTrue();
                ProxyHeader header = header();
                assertThat(header.text(ProxyHeader.ALPN)).isNull();
                assertThat(header.tls().client()).as("TLS without a certificate").isEqualTo(1);
                assertThat(header.tls().verify()).isNotZero();
                assertThat(header.tls().text(ProxyHeader.SSL_CN)).isNull();
            }
        }
    }

    @Test
    void headersStandBeforeTlsOnBothSides() throws Exception {
        try (EchoServer server = target(TlsTarget.showing(LOCAL))) {
            gateway.service("a", service("tls://" + server.address(), MUTUAL + BEHIND)).start();
            try (Socket plain = Gateway.connect(port)) {
                plain.getOutputStream().write("PROXY TCP4 192.0.2.7 192.0.2.1 4711 443\r\n".getBytes(StandardCharsets.US_ASCII));
                try (SSLSocket client = TlsClient.over(plain, "localhost", ALICE, "mqtt")) {
                    assertThat(TlsClient.echoes(client)).isTrue();
                    ProxyHeader header = header();
                    assertThat(header.source().toString()).isEqualTo("/192.0.2.7:4711");
                    assertThat(header.destination().toString()).isEqualTo("/192.0.2.1:443");
                    assertThat(header.tls().text(ProxyHeader.SSL_CN)).isEqualTo("alice");
                    assertThat(header.text(ProxyHeader.ALPN)).isEqualTo("mqtt");
                }
            }
            assertThat(record().get("presented_client").asText()).isEqualTo("192.0.2.7:4711");
        }
    }

    @Test
    void tlsWithoutTheHeaderIsRefused() throws Exception {
        try (EchoServer server = target(null)) {
            gateway.service("a", service(server.address(), BEHIND)).start();
            assertThat(TlsClient.reaches(port, "localhost", null)).isFalse();
            assertThat(record().get("close_reason").asText()).isEqualTo("bad_preamble");
            assertThat(headers).isEmpty();
        }
    }

    /** The only record so far; waits for it. */
    private JsonNode record() {
        return Gateway.eventually(() -> gateway.accessLog().get(0));
    }
}
