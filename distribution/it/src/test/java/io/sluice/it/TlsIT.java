package io.sluice.it;

import static io.sluice.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.certs.Authority;
import io.sluice.testing.certs.CertificateRequest;
import io.sluice.testing.certs.Issued;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS services on the zip: certificates that come and go, whom they admit, and what is logged. */
@Tag("jdk")
class TlsIT {

    private static final Authority CA = Authority.root("Test CA");

    @TempDir
    private Path base;
    private Gateway gateway;
    private EchoServer echo;
    private int port;

    @BeforeEach
    void prepare() throws IOException {
        echo = new EchoServer(EchoServer.ECHO);
        port = Gateway.freePort();
        gateway = Gateway.on(base);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        echo.close();
    }

    private Gateway start(String provider) throws IOException {
        return gateway.withOptions(provider.isEmpty() ? "" : "-Dsluice.tls.provider=" + provider).start();
    }

    private String service(String name, String more) {
        return "{ \"name\": \"" + name + "\", \"listen_port\": " + port + ", \"protocol\": \"tls\", " + more
                + ", \"proxy\": { \"target_url\": \"" + echo.address() + "\" } }";
    }

    private static Issued issue(String name) {
        return CA.issue(CertificateRequest.forName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"boringssl", "jdk"})
    void aCertificateIsReplacedWhileConnectionsLive(String provider) throws Exception {
        Issued first = issue("a.example");
        Issued second = issue("a.example");
        gateway.file("certs/a.pem", first.pem()).service("a", service("a", "\"certificates\": [\"certs/a.pem\"]"));
        start(provider);
        try (SSLSocket live = TlsClient.connect(port, "a.example", null)) {
            assertThat(TlsClient.leaf(live)).isEqualTo(first.certificate());
            assertThat(TlsClient.echoes(live)).isTrue();
            replace("certs/a.pem", second.pem().substring(0, 500));
            gateway.awaitReady("a problem about the half file", ready -> ready.get("problems").toString().contains("has no END"));
            assertThat(leaf()).as("the last good one").isEqualTo(first.certificate());
            replace("certs/a.pem", second.pem());
            await().until(() -> leaf().equals(second.certificate()));
            gateway.awaitReady("no error", ready -> !ready.get("problems").toString().contains("error"));
            assertThat(TlsClient.echoes(live)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"boringssl", "jdk"})
    void aLinkThatIsTurnedIsAReplacement(String provider) throws Exception {
        Issued first = issue("a.example");
        Issued second = issue("a.example");
        gateway.file("certs/1/tls.pem", first.pem()).file("certs/2/tls.pem", second.pem());
        Path data = base.resolve("conf/certs/..data");
        Files.createSymbolicLink(data, Path.of("1"));
        Files.createSymbolicLink(base.resolve("conf/certs/tls.pem"), Path.of("..data/tls.pem"));
        gateway.service("a", service("a", "\"certificate\": \"certs/tls.pem\""));
        start(provider);
        assertThat(leaf()).isEqualTo(first.certificate());
        Files.createSymbolicLink(base.resolve("conf/certs/..next"), Path.of("2"));
        Files.move(base.resolve("conf/certs/..next"), data, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        await().until(() -> leaf().equals(second.certificate()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"boringssl", "jdk"})
    void aClientThatIsNoLongerAdmittedIsCutAndOthersStay(String provider) throws Exception {
        Issued alice = CA.issue(CertificateRequest.of("CN=alice"));
        Issued bob = CA.issue(CertificateRequest.of("CN=bob"));
        gateway.file("certs/a.pem", issue("a.example").pem()).file("certs/ca.pem", CA.own().certificatePem())
                .file("certs/bob.pem", bob.certificatePem());
        Files.write(base.resolve("conf/certs/ca.crl"), CA.revoke().getEncoded());
        gateway.service("a", mutual("\"certs/ca.pem\", \"certs/bob.pem\""));
        start(provider);
        try (SSLSocket ofAlice = TlsClient.connect(port, "a.example", alice); SSLSocket ofBob = TlsClient.connect(port, "a.example", bob)) {
            assertThat(TlsClient.echoes(ofAlice)).isTrue();
            assertThat(TlsClient.echoes(ofBob)).isTrue();
            Path list = Files.write(base.resolve("conf/certs/next.crl"), CA.revoke(alice.certificate()).getEncoded());
            Files.move(list, base.resolve("conf/certs/ca.crl"), StandardCopyOption.REPLACE_EXISTING);
            await().until(() -> !TlsClient.echoes(ofAlice));
            assertThat(TlsClient.echoes(ofBob)).isTrue();
            assertThat(TlsClient.reaches(port, "a.example", alice)).isFalse();
            gateway.service("a", mutual("\"certs/ca.pem\"").replace("\"certs/ca.pem\"", "\"certs/a.pem\""));
            await().until(() -> !TlsClient.echoes(ofBob));
        }
        await().untilAsserted(() -> assertThat(gateway.accessLog())
                .extracting(line -> line.get("close_reason").asText()).hasSize(3).containsOnly("client_certificate_refused"));
    }

    private String mutual(String entries) {
        return service("a", "\"certificates\": \"certs/a.pem\", \"use_mutual_tls_auth\": true, \"client_certificates\": ["
                + entries + "], \"client_authorization\": { \"crl\": \"certs/ca.crl\" }");
    }

    @ParameterizedTest
    @ValueSource(strings = {"boringssl", "jdk"})
    void passthroughAndTerminationShareAPort(String provider) throws Exception {
        Issued inner = issue("inner.example");
        Issued outer = issue("outer.example");
        int innerPort = Gateway.freePort();
        // a service of the same gateway stands for a target that has TLS of its own
        gateway.service("target", service("target", "\"certificates\": \"certs/inner.pem\"")
                .replace("\"listen_port\": " + port, "\"listen_port\": " + innerPort));
        gateway.file("certs/inner.pem", inner.pem());
        String id = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(outer.certificate().getEncoded()));
        gateway.file("certs/" + id + ".pem", outer.pem());
        gateway.service("outer", service("outer", "\"domain\": \"outer.example\", \"tls\": { \"alpn\": [\"x\"] }, \"certificates\": [\"" + id + "\"]"));
        gateway.service("inner", "{ \"name\": \"inner\", \"listen_port\": " + port + ", \"protocol\": \"tls\", \"domain\": \"inner.example\","
                + " \"tls\": { \"passthrough\": true }, \"proxy\": { \"target_url\": \"127.0.0.1:" + innerPort + "\" } }");
        start(provider);
        try (SSLSocket toInner = TlsClient.connect(port, "inner.example", null);
                SSLSocket toOuter = TlsClient.connect(port, "outer.example", null)) {
            assertThat(TlsClient.leaf(toInner)).isEqualTo(inner.certificate());
            assertThat(TlsClient.leaf(toOuter)).isEqualTo(outer.certificate());
            assertThat(TlsClient.echoes(toInner)).isTrue();
            assertThat(TlsClient.echoes(toOuter)).isTrue();
        }
        assertThat(TlsClient.reaches(port, "nobody.example", null)).isFalse();
        await().untilAsserted(() -> assertThat(gateway.accessLog()).hasSize(4));
        assertThat(gateway.accessLog()).filteredOn(line -> line.path("service").asText().equals("outer")).singleElement()
                .satisfies(line -> {
                    assertThat(line.get("server_name").asText()).isEqualTo("outer.example");
                    assertThat(line.get("tls_version").asText()).isEqualTo("TLSv1.3");
                });
    }

    private X509Certificate leaf() throws IOException {
        try (SSLSocket socket = TlsClient.connect(port, "a.example", null)) {
            return TlsClient.leaf(socket);
        }
    }

    private void replace(String file, String text) throws IOException {
        Path fresh = Files.writeString(base.resolve("conf/certs/.fresh"), text, StandardCharsets.US_ASCII);
        Files.move(fresh, base.resolve("conf").resolve(file), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
