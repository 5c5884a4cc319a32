package io.sluice.plugins.tls.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.plugins.tls.material.Digest;
import io.sluice.plugins.tls.provider.TlsProvider;
import io.sluice.testing.certs.Authority;
import io.sluice.testing.certs.CertificateRequest;
import io.sluice.testing.certs.Issued;
import io.sluice.testing.certs.Keys;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What targets must prove, with both providers and both versions of TLS. */
class VerificationTest {

    private static final Authority ROOT = Authority.root("root");
    private static final Authority MIDDLE = ROOT.intermediate("middle");
    private static final String CA = ROOT.own().certificatePem();
    private static final Issued GOOD = MIDDLE.issue(CertificateRequest.forName("a.example").ip("127.0.0.1"));

    @ParameterizedTest
    @EnumSource
    void chainAndNameAreVerified(TlsProvider provider) throws Exception {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            for (Issued identity : List.of(GOOD, MIDDLE.issue(CertificateRequest.forName("a.example").keys(Keys.rsa())))) {
                try (TlsServer server = TlsServer.of(identity, version)) {
                    Attempt attempt = new Attempt(Configs.trusting(CA).layer(provider), "A.example.", server.address());
                    assertThat(attempt.outcome()).isEqualTo("connected");
                    await().atMost(Attempt.WAIT).until(() -> attempt.received().equals("sni=a.example client=none\n"));
                    attempt.channel().close();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void addressIsVerifiedAndNotAskedFor(TlsProvider provider) throws Exception {
        try (TlsServer server = TlsServer.of(GOOD)) {
            Attempt attempt = new Attempt(Configs.trusting(CA).layer(provider), "127.0.0.1", server.address());
            assertThat(attempt.outcome()).isEqualTo("connected");
            await().atMost(Attempt.WAIT).until(() -> attempt.received().equals("sni=none client=none\n"));
            attempt.channel().close();
            assertThat(new Attempt(Configs.trusting(CA).layer(provider), "127.0.0.2", server.address()).outcome())
                    .isEqualTo("its certificate is for a.example, 127.0.0.1 (expected: 127.0.0.2)");
        }
    }

    @ParameterizedTest
    @EnumSource
    void serverNameStandsForTheTargetsHost(TlsProvider provider) throws Exception {
        try (TlsServer server = TlsServer.of(GOOD)) {
            Attempt attempt = new Attempt(Configs.trusting(CA).named("a.example").layer(provider), "10.0.0.1", server.address());
            assertThat(attempt.outcome()).isEqualTo("connected");
            await().atMost(Attempt.WAIT).until(() -> attempt.received().startsWith("sni=a.example "));
            attempt.channel().close();
            assertThat(new Attempt(Configs.trusting(CA).named("b.example").layer(provider), "a.example", server.address()).outcome())
                    .isEqualTo("its certificate is for a.example, 127.0.0.1 (expected: b.example)");
        }
    }

    @ParameterizedTest
    @EnumSource
    void singleLabelNameIsAskedForToo(TlsProvider provider) throws Exception {
        try (TlsServer server = TlsServer.of(ROOT.issue(CertificateRequest.forName("db")))) {
            Attempt attempt = new Attempt(Configs.trusting(CA).layer(provider), "db", server.address());
            assertThat(attempt.outcome()).isEqualTo("connected");
            await().atMost(Attempt.WAIT).until(() -> attempt.received().startsWith("sni=db "));
            attempt.channel().close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeVerifiedIsRefusedWithItsReason(TlsProvider provider) throws Exception {
        Issued expired = MIDDLE.issue(CertificateRequest.forName("a.example").expired());
        Issued early = MIDDLE.issue(CertificateRequest.forName("a.example").notYetValid());
        Issued client = MIDDLE.issue(CertificateRequest.forName("a.example").forClientsOnly());
        Issued self = Authority.selfSigned(CertificateRequest.forName("a.example"));
        Issued nameless = MIDDLE.issue(CertificateRequest.of("CN=a.example"));
        Issued stranger = Authority.root("root").issue(CertificateRequest.forName("a.example"));
        Issued incomplete = new Issued(GOOD.key(), GOOD.certificate(), List.of());
        refused(provider, expired, "its certificate CN=a\\.example expired at 20.*Z");
        refused(provider, early, "its certificate CN=a\\.example is not valid before 20.*Z");
        refused(provider, client, "its certificate CN=a\\.example is not for servers \\(expected: extended key usage serverAuth\\)");
        refused(provider, self, "its certificate CN=a\\.example is self-signed, and not in ca");
        refused(provider, nameless, "its certificate is for no name at all \\(expected: a\\.example\\)");
        refused(provider, stranger, "its certificate CN=a\\.example is issued by CN=root, which is not in ca");
        refused(provider, incomplete, "its certificate CN=a\\.example is issued by CN=middle, which is not in ca");
    }

    private static void refused(TlsProvider provider, Issued identity, String reason) throws Exception {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            try (TlsServer server = TlsServer.of(identity, version)) {
                String outcome = new Attempt(Configs.trusting(CA).layer(provider), "a.example", server.address()).outcome();
                assertThat(outcome).matches(Pattern.compile(reason));
                // bytes of the target may be unread, and the reset that follows then may overtake the alert
                assertThat(server.failure()).containsPattern("alert|Broken pipe|reset");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void jvmTrustsNobodyOfOurs(TlsProvider provider) throws Exception {
        try (TlsServer server = TlsServer.of(GOOD)) {
            assertThat(new Attempt(new Configs().layer(provider), "a.example", server.address()).outcome())
                    .isEqualTo("its certificate CN=a.example is issued by CN=root, which is not in the JVM's trust store");
        }
    }

    @ParameterizedTest
    @EnumSource
    void caMayBeAnIntermediateOrTheTargetsOwnCertificate(TlsProvider provider) throws Exception {
        Issued self = Authority.selfSigned(CertificateRequest.forName("a.example"));
        for (Configs configs : List.of(Configs.trusting(MIDDLE.own().certificatePem()), Configs.trusting(GOOD.certificatePem()))) {
            try (TlsServer server = TlsServer.of(GOOD)) {
                assertThat(new Attempt(configs.layer(provider), "a.example", server.address()).outcome()).isEqualTo("connected");
            }
        }
        try (TlsServer server = TlsServer.of(self)) {
            assertThat(new Attempt(Configs.trusting(self.certificatePem()).layer(provider), "a.example", server.address()).outcome())
                    .isEqualTo("connected");
            assertThat(new Attempt(Configs.trusting(self.certificatePem()).layer(provider), "b.example", server.address()).outcome())
                    .isEqualTo("its certificate is for a.example (expected: b.example)");
        }
    }

    @ParameterizedTest
    @EnumSource
    void commonNameIsCheckedBesideTheNames(TlsProvider provider) throws Exception {
        Configs configs = Configs.trusting(CA);
        configs.commonName = true;
        Configs blind = Configs.blind();
        blind.commonName = true;
        try (TlsServer server = TlsServer.of(MIDDLE.issue(CertificateRequest.of("CN=other").dns("a.example")))) {
            for (Configs each : List.of(configs, blind)) {
                assertThat(new Attempt(each.layer(provider), "a.example", server.address()).outcome())
                        .isEqualTo("its certificate's common name is other (expected: a.example)");
            }
        }
        try (TlsServer server = TlsServer.of(GOOD)) {
            assertThat(new Attempt(configs.layer(provider), "a.example", server.address()).outcome()).isEqualTo("connected");
        }
    }

    @ParameterizedTest
    @EnumSource
    void pinsAreCheckedOnTheVerifiedPath(TlsProvider provider) throws Exception {
        String leaf = Digest.pin(GOOD.certificate()).base64();
        String middle = Digest.pin(MIDDLE.certificate()).hex();
        String root = Digest.pin(ROOT.certificate()).hex();
        String other = Digest.pin(Authority.root("x").certificate()).hex();
        try (TlsServer server = TlsServer.of(GOOD)) {
            for (String pin : List.of(leaf, middle, root, other + "," + leaf)) {
                assertThat(new Attempt(Configs.trusting(CA).pin("*.example", pin).pin("a.example", pin).layer(provider), "a.example",
                        server.address()).outcome()).isEqualTo("connected");
            }
            assertThat(new Attempt(Configs.trusting(CA).pin("*", other).layer(provider), "a.example", server.address()).outcome())
                    .isEqualTo("no pinned public key is in its chain (its own is " + leaf + ")");
            assertThat(new Attempt(Configs.trusting(CA).pin("*", leaf).layer(provider), "b.example", server.address()).outcome())
                    .as("a pin does not replace the name").isEqualTo("its certificate is for a.example, 127.0.0.1 (expected: b.example)");
        }
    }

    /** A stranger could append any certificate to what it sends; only the path that was verified counts. */
    @ParameterizedTest
    @EnumSource
    void pinIsNotMetByACertificateBesideThePath(TlsProvider provider) throws Exception {
        X509Certificate pinned = Authority.root("x").certificate();
        Issued padded = new Issued(GOOD.key(), GOOD.certificate(), List.of(MIDDLE.certificate(), pinned));
        String pin = Digest.pin(pinned).hex();
        try (TlsServer server = TlsServer.of(padded)) {
            for (Configs configs : List.of(Configs.trusting(CA), Configs.blind())) {
                assertThat(new Attempt(configs.pin("*", pin).layer(provider), "a.example", server.address()).outcome())
                        .startsWith("no pinned public key is in its chain");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutVerificationOnlyTheLeafsPinCounts(TlsProvider provider) throws Exception {
        try (TlsServer server = TlsServer.of(GOOD)) {
            assertThat(new Attempt(Configs.blind().layer(provider), "z.example", server.address()).outcome()).isEqualTo("connected");
            assertThat(new Attempt(Configs.blind().pin("*", Digest.pin(GOOD.certificate()).hex()).layer(provider), "z.example",
                    server.address()).outcome()).isEqualTo("connected");
            assertThat(new Attempt(Configs.blind().pin("*", Digest.pin(MIDDLE.certificate()).hex()).layer(provider), "z.example",
                    server.address()).outcome()).startsWith("no pinned public key is in its chain");
        }
    }
}
