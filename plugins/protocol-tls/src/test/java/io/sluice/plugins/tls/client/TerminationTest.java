package io.sluice.plugins.tls.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.plugins.tls.provider.TlsProvider;
import io.sluice.plugins.tls.provider.TlsVersion;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.TlsFacts;
import io.sluice.spi.protocol.EndOfStream;
import io.sluice.testing.certs.Authority;
import io.sluice.testing.certs.CertificateRequest;
import io.sluice.testing.certs.Issued;
import io.sluice.testing.certs.Keys;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One port, many services, with both providers. */
class TerminationTest {

    private static final Authority CA = Authority.root("Test CA");
    private static final Issued A = CA.issue(CertificateRequest.forName("a.example"));
    private static final Issued B = CA.issue(CertificateRequest.forName("b.example"));
    private static final Issued RSA = CA.issue(CertificateRequest.forName("a.example").keys(Keys.rsa()));

    private Port port;

    @AfterEach
    void close() {
        port.close();
    }

    private Port two(TlsProvider provider) {
        port = new Port(provider).service("a", "a.example", Settings.with(A.pem()))
                .service("b", "b.example", Settings.with(B.pem())).open();
        return port;
    }

    @ParameterizedTest
    @EnumSource
    void theServerNameChoosesServiceAndCertificate(TlsProvider provider) throws Exception {
        two(provider);
        for (Issued each : new Issued[] {A, B}) {
            String name = each == A ? "a.example" : "b.example";
            try (SSLSocket socket = new Client().name(name).connect(port)) {
                assertThat(socket.getSession().getPeerCertificates()[0]).isEqualTo(each.certificate());
                assertThat(Client.line(socket.getInputStream())).isEqualTo(name.substring(0, 1));
            }
        }
        assertThat(new Client().name("A.Example").reach(port)).isEqualTo("a");
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownNameAndNoNameGetAnAlertWhereNobodyIsTheDefault(TlsProvider provider) throws Exception {
        two(provider);
        assertThat(new Client().name("c.example").reach(port)).contains("unrecognized_name");
        assertThat(port.refusal().reason()).isEqualTo(CloseReason.NO_SERVICE);
        assertThat(new Client().reach(port)).contains("unrecognized_name");
        assertThat(port.refusal().reason()).isEqualTo(CloseReason.NO_SERVICE);
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.3", "BORINGSSL, TLSv1.2", "JDK, TLSv1.3", "JDK, TLSv1.2"})
    void bothProvidersTellTheSameFacts(TlsProvider provider, String version) throws Exception {
        port = new Port(provider).service("a", "", Settings.with(A.pem()).alpn("h2", "mqtt")).open();
        String suite = version.equals("TLSv1.3") ? "TLS_CHACHA20_POLY1305_SHA256" : "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256";
        assertThat(new Client().name("x.example").alpn("mqtt", "h2").versions(version).suites(suite).reach(port)).isEqualTo("a");
        ClientFacts facts = port.facts();
        assertThat(facts.serverName()).contains("x.example");
        assertThat(facts.alpnOffers()).containsExactly("mqtt", "h2");
        assertThat(facts.alpn()).contains("h2");
        assertThat(facts.tls()).contains(new TlsFacts(version, suite, Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource
    void aClientWithoutASharedProtocolGetsAnAlertAndOneThatOffersNoneIsServed(TlsProvider provider) throws Exception {
        port = new Port(provider).service("a", "", Settings.with(A.pem()).alpn("h2")).open();
        assertThat(new Client().alpn("spdy").reach(port)).contains("no_application_protocol");
        assertThat(port.refusal().reason()).isEqualTo(CloseReason.TLS_FAILED);
        assertThat(new Client().reach(port)).isEqualTo("a");
        assertThat(port.facts().alpn()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void versionsOfTheServiceAreEnforced(TlsProvider provider) throws Exception {
        port = new Port(provider).service("a", "", Settings.with(A.pem()).versions(TlsVersion.TLS_1_3, TlsVersion.TLS_1_3)).open();
        assertThat(new Client().versions("TLSv1.2").reach(port)).contains("protocol_version");
        assertThat(port.refusal().reason()).isEqualTo(CloseReason.TLS_FAILED);
        assertThat(new Client().versions("TLSv1.3").reach(port)).isEqualTo("a");
    }

    @ParameterizedTest
    @EnumSource
    void aClientWithoutASharedCipherSuiteGetsAnAlert(TlsProvider provider) throws Exception {
        port = new Port(provider).service("a", "", Settings.with(A.pem())).open();
        assertThat(new Client().versions("TLSv1.2").suites("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256").reach(port))
                .contains("handshake_failure");
        assertThat(port.refusal().reason()).isEqualTo(CloseReason.TLS_FAILED);
    }

    @ParameterizedTest
    @EnumSource
    void rsaAndEcStandSideBySide(TlsProvider provider) throws Exception {
        port = new Port(provider).service("a", "", Settings.with(RSA.pem(), A.pem())).open();
        assertThat(leaf(new Client())).isEqualTo(A.certificate());
        assertThat(leaf(new Client().versions("TLSv1.2"))).isEqualTo(A.certificate());
        assertThat(leaf(new Client().versions("TLSv1.2").suites("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"))).isEqualTo(RSA.certificate());
    }

    @ParameterizedTest
    @EnumSource
    void theChainIsSentAsItStandsInTheFile(TlsProvider provider) throws Exception {
        Issued below = CA.intermediate("Test Intermediate").issue(CertificateRequest.forName("a.example"));
        port = new Port(provider).service("a", "", Settings.with(below.pem())).open();
        try (SSLSocket socket = new Client().connect(port)) {
            assertThat((Object[]) socket.getSession().getPeerCertificates()).containsExactly((Object[]) below.chain());
        }
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.3", "BORINGSSL, TLSv1.2", "JDK, TLSv1.3", "JDK, TLSv1.2"})
    void aClientThatComesBackResumesItsSession(TlsProvider provider, String version) throws Exception {
        two(provider);
        Client client = new Client().versions(version).name("a.example");
        long first = sessionMadeAt(client);
        await().atMost(Port.WAIT).until(() -> System.currentTimeMillis() > first);
        assertThat(sessionMadeAt(client)).as("a resumed session is as old as its first").isEqualTo(first);
    }

    private long sessionMadeAt(Client client) throws IOException {
        try (SSLSocket socket = client.connect(port)) {
            // tickets of TLS 1.3 come after the handshake
            Client.line(socket.getInputStream());
            return socket.getSession().getCreationTime();
        }
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.3", "BORINGSSL, TLSv1.2", "JDK, TLSv1.3", "JDK, TLSv1.2"})
    void everyByteComesBackBeforeTheEnd(TlsProvider provider, String version) throws Exception {
        port = new Port(provider).service("a", "", Settings.with(A.pem())).open();
        byte[] sent = new byte[300_000];
        new Random(1).nextBytes(sent);
        try (SSLSocket socket = new Client().versions(version).connect(port)) {
            assertThat(Client.line(socket.getInputStream())).isEqualTo("a");
            Thread writer = new Thread(() -> {
                try {
                    OutputStream out = socket.getOutputStream();
                    out.write(sent);
                    out.flush();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            writer.start();
            assertThat(socket.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
            writer.join();
            socket.shutdownOutput();
            assertThat(port.end()).isEqualTo(provider == TlsProvider.JDK && version.equals("TLSv1.3")
                    ? EndOfStream.CLEAN : EndOfStream.FINAL);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatNegotiatesAgainIsCut(TlsProvider provider) throws Exception {
        port = new Port(provider).service("a", "", Settings.with(A.pem())).open();
        try (SSLSocket socket = new Client().versions("TLSv1.2").connect(port)) {
            assertThat(Client.line(socket.getInputStream())).isEqualTo("a");
            assertThatThrownBy(() -> {
                socket.startHandshake();
                socket.getInputStream().read();
            }).isInstanceOf(IOException.class);
        }
        assertThat(port.end()).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatOnlyUpdatesItsKeysIsCut(TlsProvider provider) throws Exception {
        port = new Port(provider).service("a", "", Settings.with(A.pem())).open();
        try (SSLSocket socket = new Client().versions("TLSv1.3").connect(port)) {
            assertThat(Client.line(socket.getInputStream())).isEqualTo("a");
            for (int i = 0; i < 100; i++) {
                // what negotiates again in TLS 1.2 sends a KeyUpdate in 1.3
                socket.startHandshake();
            }
            socket.getInputStream().read();
        } catch (IOException e) {
            // cut off while it was still talking
        }
        assertThat(port.end()).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aPeerThatEndsWithoutCloseNotifyIsTruncated(TlsProvider provider) throws Exception {
        port = new Port(provider).service("a", "", Settings.with(A.pem())).open();
        Client client = new Client();
        try (SSLSocket socket = client.connect(port)) {
            assertThat(Client.line(socket.getInputStream())).isEqualTo("a");
            socket.getOutputStream().write("last words\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(Client.line(socket.getInputStream())).isEqualTo("last words");
            client.plain().shutdownOutput();
            assertThat(port.end()).isEqualTo(EndOfStream.TRUNCATED);
            assertThat(client.plain().getInputStream().read()).as("a forged close_notify would be a record").isEqualTo(-1);
        }
    }

    private X509Certificate leaf(Client client) throws IOException {
        try (SSLSocket socket = client.connect(port)) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }
}
