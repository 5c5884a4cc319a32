package io.sluice.plugins.tls.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.plugins.tls.provider.TlsProvider;
import io.sluice.spi.config.Material;
import io.sluice.testing.certs.Authority;
import io.sluice.testing.certs.CertificateRequest;
import io.sluice.testing.certs.Issued;
import io.sluice.testing.certs.Keys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Versions, client certificates, and targets that speak something else. */
class HandshakeTest {

    private static final Authority ROOT = Authority.root("root");
    private static final String CA = ROOT.own().certificatePem();
    private static final Issued GOOD = ROOT.issue(CertificateRequest.forName("a.example"));

    @ParameterizedTest
    @EnumSource
    void versionsMustMeet(TlsProvider provider) throws Exception {
        try (TlsServer old = TlsServer.of(GOOD, "TLSv1.2"); TlsServer young = TlsServer.of(GOOD, "TLSv1.3")) {
            assertThat(new Attempt(Configs.trusting(CA).versions("1.3", null).layer(provider), "a.example", old.address()).outcome())
                    .isEqualTo("it speaks no version of TLS that was offered (offered: TLSv1.3)");
            assertThat(new Attempt(Configs.trusting(CA).versions(null, "771").layer(provider), "a.example", young.address()).outcome())
                    .isEqualTo("it speaks no version of TLS that was offered (offered: TLSv1.2)");
            assertThat(new Attempt(Configs.trusting(CA).versions("772", "772").layer(provider), "a.example", young.address()).outcome())
                    .isEqualTo("connected");
            assertThat(new Attempt(Configs.trusting(CA).versions("0", "1.2").layer(provider), "a.example", old.address()).outcome())
                    .isEqualTo("connected");
        }
    }

    @ParameterizedTest
    @EnumSource
    void suitesMustMeet(TlsProvider provider) throws Exception {
        Configs configs = Configs.trusting(CA);
        configs.suites = List.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        try (TlsServer server = TlsServer.of(GOOD, "TLSv1.2"); TlsServer young = TlsServer.of(GOOD, "TLSv1.3")) {
            assertThat(new Attempt(configs.layer(provider), "a.example", server.address()).outcome())
                    .startsWith("it found nothing in common with the TLS that was offered");
            assertThat(new Attempt(configs.layer(provider), "a.example", young.address()).outcome()).isEqualTo("connected");
        }
    }

    @ParameterizedTest
    @EnumSource
    void mostSpecificClientCertificateIsShown(TlsProvider provider) throws Exception {
        Authority clients = Authority.root("clients");
        Issued any = clients.issue(CertificateRequest.of("CN=any"));
        Issued one = clients.issue(CertificateRequest.of("CN=one").keys(Keys.rsa()));
        Configs configs = Configs.trusting(CA).named("a.example").certificate("b.example", one.pem());
        configs.commonCertificates.put("*", Material.inline(any.pem()));
        configs.commonCertificates.put("b.example", Material.inline(any.pem()));
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            try (TlsServer server = TlsServer.of(GOOD, clients.certificate(), version)) {
                assertThat(shown(configs, provider, "a.example", server)).isEqualTo("sni=a.example client=CN=any\n");
                assertThat(shown(configs, provider, "b.example", server)).isEqualTo("sni=a.example client=CN=one\n");
            }
        }
    }

    /** The authorities that a server names are a hint; the configured certificate is shown whatever they are. */
    @ParameterizedTest
    @EnumSource
    void certificateOfAnotherAuthorityIsShownAllTheSame(TlsProvider provider) throws Exception {
        Issued stranger = Authority.root("strangers").issue(CertificateRequest.of("CN=stranger"));
        Configs configs = Configs.trusting(CA).certificate("*", stranger.pem());
        try (TlsServer server = TlsServer.of(GOOD, Authority.root("clients").certificate(), "TLSv1.2")) {
            assertThat(new Attempt(configs.layer(provider), "a.example", server.address()).outcome())
                    .startsWith("it refuses the client certificate, or misses one");
            assertThat(server.failure()).doesNotContain("Empty");
        }
    }

    /** In TLS 1.3 the client's handshake is over before the server has looked at its certificate. */
    @ParameterizedTest
    @EnumSource
    void refusalAfterTheHandshakeIsSaidInWordsToo(TlsProvider provider) throws Exception {
        try (TlsServer server = TlsServer.of(GOOD, ROOT.certificate(), "TLSv1.3")) {
            Attempt attempt = new Attempt(Configs.trusting(CA).layer(provider), "a.example", server.address());
            assertThat(attempt.outcome()).isEqualTo("connected");
            await().atMost(Attempt.WAIT).untilAsserted(() -> assertThat(attempt.events).anySatisfy(event -> assertThat(event)
                    .isInstanceOfSatisfying(SSLException.class, failure -> assertThat(failure.getMessage())
                            .startsWith("it refuses the client certificate, or misses one"))));
        }
    }

    @ParameterizedTest
    @EnumSource
    void certificatesCanBeSwitchedOff(TlsProvider provider) throws Exception {
        Configs configs = Configs.trusting(CA).certificate("*", ROOT.issue(CertificateRequest.of("CN=c")).pem());
        configs.noCertificates = true;
        try (TlsServer server = TlsServer.of(GOOD, ROOT.certificate(), "TLSv1.2")) {
            assertThat(new Attempt(configs.layer(provider), "a.example", server.address()).outcome())
                    .startsWith("it refuses the client certificate, or misses one");
        }
    }

    @ParameterizedTest
    @EnumSource
    void applicationProtocolsAreOfferedWhenListed(TlsProvider provider) throws Exception {
        Configs listed = Configs.trusting(CA);
        listed.alpn = List.of("http/1.1", "postgresql");
        Configs other = Configs.trusting(CA);
        other.alpn = List.of("mqtt");
        try (TlsServer server = TlsServer.of(GOOD)) {
            assertThat(new Attempt(listed.layer(provider), "a.example", server.address()).outcome()).isEqualTo("connected");
            assertThat(server.protocols.poll(Attempt.WAIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("postgresql");
            assertThat(new Attempt(Configs.trusting(CA).layer(provider), "a.example", server.address()).outcome()).isEqualTo("connected");
            assertThat(server.protocols.poll(Attempt.WAIT.toSeconds(), TimeUnit.SECONDS)).isEmpty();
            assertThat(new Attempt(other.layer(provider), "a.example", server.address()).outcome())
                    .isEqualTo("it speaks none of the application protocols that were offered (alert no_application_protocol)");
        }
    }

    private static String shown(Configs configs, TlsProvider provider, String host, TlsServer server) throws Exception {
        Attempt attempt = new Attempt(configs.layer(provider), host, server.address());
        assertThat(attempt.outcome()).isEqualTo("connected");
        await().atMost(Attempt.WAIT).until(() -> attempt.received().endsWith("\n"));
        attempt.channel().close();
        return attempt.received();
    }

    @ParameterizedTest
    @EnumSource
    void whatSpeaksNoTlsIsNamed(TlsProvider provider) throws Exception {
        for (String greeting : List.of("-ERR unknown command\r\n", "220 mail.example ESMTP\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n")) {
            assertThat(against(provider, greeting)).isEqualTo("it does not speak TLS on this port (its first bytes are no TLS record)");
        }
        assertThat(against(provider, "")).isEqualTo("it ended the connection during the TLS handshake (it may not speak TLS on this port)");
        assertThat(against(provider, "\u0016\u0003\u0003\u0000\u0005hello")).startsWith("TLS failed: ");
    }

    private static String against(TlsProvider provider, String answer) throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> answer(listening, answer));
            thread.setDaemon(true);
            thread.start();
            return new Attempt(Configs.trusting(CA).layer(provider), "a.example",
                    (InetSocketAddress) listening.getLocalSocketAddress()).outcome();
        }
    }

    private static void answer(ServerSocket listening, String answer) {
        try (Socket socket = listening.accept()) {
            socket.getInputStream().read(new byte[100]);
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // the other side left
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyConnectionIsAFullHandshake(TlsProvider provider) throws Exception {
        var layer = Configs.trusting(CA).layer(provider);
        try (TlsServer server = TlsServer.of(GOOD)) {
            for (int i = 0; i < 20; i++) {
                Attempt attempt = new Attempt(layer, "a.example", server.address());
                assertThat(attempt.outcome()).isEqualTo("connected");
                await().atMost(Attempt.WAIT).until(() -> !attempt.received().isEmpty());
                attempt.channel().close().sync();
            }
            assertThat(new Attempt(layer, "b.example", server.address()).outcome()).startsWith("its certificate is for a.example");
        }
    }
}
