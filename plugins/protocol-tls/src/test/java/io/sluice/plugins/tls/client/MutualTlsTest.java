package io.sluice.plugins.tls.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.plugins.tls.material.Digest;
import io.sluice.plugins.tls.provider.TlsProvider;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.Refusal;
import io.sluice.testing.certs.Authority;
import io.sluice.testing.certs.CertificateRequest;
import io.sluice.testing.certs.Issued;
import java.security.cert.CRLException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whom a service admits, with both providers and both versions of TLS. */
class MutualTlsTest {

    private static final Authority CA = Authority.root("Client CA");
    private static final Authority BELOW = CA.intermediate("Client Intermediate");
    private static final Authority STRANGERS = Authority.root("Client CA");
    private static final Issued SERVER = Authority.selfSigned(CertificateRequest.forName("a.example"));
    private static final Issued ALICE = CA.issue(CertificateRequest.of("CN=alice,O=Example").dns("alice.example")
            .uri("spiffe://example/alice").email("alice@example").ip("192.0.2.1"));
    private static final Issued BOB = BELOW.issue(CertificateRequest.of("CN=bob"));
    private static final Issued ALONE = Authority.selfSigned(CertificateRequest.of("CN=alone"));

    private static final Authority OTHERS = Authority.root("Other CA");
    private static final Authority LAST = Authority.root(CertificateRequest.of("CN=Last CA").asAuthority().pathLength(0));
    private static final Authority BELOW_LAST = LAST.intermediate("Too deep");
    private static final Authority NARROW = Authority.root(CertificateRequest.of("CN=Narrow CA").asAuthority().onlyBelow("example"));
    private static final Authority FOR_SERVERS = CA.intermediate(CertificateRequest.of("CN=Servers' CA").asAuthority().forServers());
    private static final Authority SIGNER = Authority.root(CertificateRequest.of("CN=Signer").asAuthority().forSignatures());

    private Port port;

    @AfterEach
    void close() {
        port.close();
    }

    record Case(String name, Settings settings, Issued client, String refusal) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() throws CRLException {
        Issued stranger = STRANGERS.issue(CertificateRequest.of("CN=alice,O=Example"));
        Issued serversOnly = CA.issue(CertificateRequest.of("CN=server").forServersOnly());
        return List.of(
                ok("of an authority", rule(CA.own().certificatePem()), ALICE),
                ok("through an intermediate", rule(CA.own().certificatePem()), BOB),
                ok("listed itself", rule(ALONE.certificatePem()), ALONE),
                ok("listed itself with its authority behind it", rule(ALICE.certificatePem() + CA.own().certificatePem()), ALICE),
                ok("one entry of two", rule(ALONE.certificatePem(), CA.own().certificatePem()), ALICE),
                no("none shown", rule(CA.own().certificatePem()), null, "the client showed no certificate"),
                no("of another authority with the same name", rule(CA.own().certificatePem()), stranger, "nobody in client_certificates"),
                no("self-signed and not listed", rule(CA.own().certificatePem()), ALONE, "nobody in client_certificates"),
                no("no entry at all", rule(), ALICE, "nobody in client_certificates"),
                no("an authority behind a leaf admits nobody else",
                        rule(ALICE.certificatePem() + CA.own().certificatePem()), BOB, "nobody in client_certificates"),
                no("expired", rule(CA.own().certificatePem()),
                        CA.issue(CertificateRequest.of("CN=late").expired()), "expired at"),
                no("expired but listed itself", rule(expired().certificatePem()), expired(), "expired at"),
                no("not yet valid", rule(CA.own().certificatePem()),
                        CA.issue(CertificateRequest.of("CN=early").notYetValid()), "is not valid before"),
                no("for servers only", rule(CA.own().certificatePem()), serversOnly, "is not for clients"),
                no("revoked", rule(CA.own().certificatePem()).crl(CA.revoke(ALICE.certificate()).getEncoded()), ALICE,
                        "is revoked"),
                no("listed itself and revoked", rule(ALICE.certificatePem()).crl(CA.revoke(ALICE.certificate()).getEncoded()),
                        ALICE, "is revoked"),
                no("an intermediate that is revoked", rule(CA.own().certificatePem())
                        .crl(CA.revoke(BELOW.certificate()).getEncoded()), BOB, "CN=Client Intermediate is revoked"),
                ok("a list that revokes another", rule(CA.own().certificatePem()).crl(CA.revoke(serversOnly.certificate())
                        .getEncoded()), ALICE),
                no("a list that another authority has made", rule(CA.own().certificatePem())
                        .crl(OTHERS.revoke(ALONE.certificate()).getEncoded()), ALICE, "there is no revocation list of CN=Client CA"),
                ok("a list of another authority, and listed itself", rule(ALICE.certificatePem())
                        .crl(OTHERS.revoke(ALONE.certificate()).getEncoded()), ALICE),
                no("an anchor that allows none below it", rule(LAST.own().certificatePem()), BELOW_LAST.issue(
                        CertificateRequest.of("CN=deep")), "CN=Last CA allows fewer authorities below it"),
                ok("right below such an anchor", rule(LAST.own().certificatePem()), LAST.issue(CertificateRequest.of("CN=flat"))),
                no("a name beyond its anchor's", rule(NARROW.own().certificatePem()), NARROW.issue(
                        CertificateRequest.forName("alice.elsewhere")), "CN=Narrow CA may not vouch for that name"),
                ok("a name within its anchor's", rule(NARROW.own().certificatePem()), NARROW.issue(
                        CertificateRequest.forName("alice.example"))),
                no("an issuer for servers only", rule(CA.own().certificatePem()), FOR_SERVERS.issue(CertificateRequest.of("CN=x")),
                        "CN=Servers' CA may not vouch for that purpose"),
                no("an anchor that signs no certificates", rule(SIGNER.own().certificatePem()), SIGNER.issue(
                        CertificateRequest.of("CN=x")), "CN=Signer may not issue certificates"),
                ok("self-signed as an authority, and listed itself", rule(SIGNER.own().certificatePem()), SIGNER.own()),
                no("an authority itself", rule(CA.own().certificatePem()), CA.own(), "is not for"),
                no("a list without entries", rule(CA.own().certificatePem()).subjects(), ALICE,
                        "is not in client_authorization.subjects"),
                no("another list without entries", rule(CA.own().certificatePem()).pins(), ALICE,
                        "is not in client_authorization.spki_pins"),
                ok("a subject", rule(CA.own().certificatePem()).subjects("CN=x", "o=example, cn=Alice"), ALICE),
                ok("a common name", rule(CA.own().certificatePem()).subjects("alice"), ALICE),
                no("another common name", rule(CA.own().certificatePem()).subjects("Alice", "CN=alice"), ALICE,
                        "is not in client_authorization.subjects"),
                ok("names", rule(CA.own().certificatePem()).sans("DNS:x", "URI:spiffe://example/alice"), ALICE),
                ok("a bare DNS name", rule(CA.own().certificatePem()).sans("ALICE.example"), ALICE),
                ok("a bare URI", rule(CA.own().certificatePem()).sans("spiffe://example/alice"), ALICE),
                ok("an address", rule(CA.own().certificatePem()).sans("IP:192.0.2.1"), ALICE),
                ok("e-mail", rule(CA.own().certificatePem()).sans("email:alice@example"), ALICE),
                no("another kind of name", rule(CA.own().certificatePem()).sans("URI:alice.example", "alice@example"), ALICE,
                        "is not in client_authorization.sans"),
                ok("fingerprint and pin", rule(CA.own().certificatePem())
                        .fingerprints(Digest.fingerprint(ALICE.certificate()).hex()).pins(Digest.pin(ALICE.certificate()).base64()), ALICE),
                no("one list of two", rule(CA.own().certificatePem()).subjects("alice")
                        .pins(Digest.pin(BOB.certificate()).base64()), ALICE, "is not in client_authorization.spki_pins"),
                no("the pin of an issuer", rule(CA.own().certificatePem()).pins(Digest.pin(CA.certificate()).hex()), ALICE,
                        "is not in client_authorization.spki_pins"));
    }

    private static final Issued EXPIRED = CA.issue(CertificateRequest.of("CN=late").expired());

    private static Issued expired() {
        return EXPIRED;
    }

    private static Settings rule(String... entries) {
        return Settings.with(SERVER.pem()).mutual(entries);
    }

    private static Case ok(String name, Settings settings, Issued client) {
        return new Case(name, settings, client, null);
    }

    private static Case no(String name, Settings settings, Issued client, String why) {
        return new Case(name, settings, client, why);
    }

    static Stream<Arguments> everywhere() throws CRLException {
        List<Case> cases = cases();
        return Stream.of(TlsProvider.values()).flatMap(provider -> Stream.of("TLSv1.3", "TLSv1.2")
                .flatMap(version -> cases.stream().map(one -> Arguments.of(provider, version, one))));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void theRuleDecides(TlsProvider provider, String version, Case one) throws Exception {
        port = new Port(provider).service("a", "", one.settings()).open();
        String answer = new Client(one.client()).versions(version).reach(port);
        if (one.refusal() == null) {
            assertThat(answer).isEqualTo("a");
            ClientFacts facts = port.facts();
            X509Certificate shown = facts.tls().orElseThrow().clientCertificate().orElseThrow();
            assertThat(shown).isEqualTo(one.client().certificate());
            assertThat(port.protocol.admit(port.served(0), facts)).as("asked again").isEmpty();
        } else {
            assertThat(answer).isNotEqualTo("a");
            Refusal refusal = port.refusal();
            assertThat(refusal.reason()).as(refusal.detail()).isEqualTo(CloseReason.CLIENT_CERTIFICATE_REFUSED);
            assertThat(refusal.detail()).contains(one.refusal());
            assertThat(port.admitted).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"stranger, unknown_ca", "late, certificate_expired", "revoked, certificate_revoked",
        "server, unsupported_certificate", "alice, certificate_unknown"})
    void theAlertSaysWhatIsWrong(String who, String alert) throws Exception {
        Issued revoked = CA.issue(CertificateRequest.of("CN=revoked"));
        port = new Port(TlsProvider.BORINGSSL).service("a", "", rule(CA.own().certificatePem()).subjects("bob")
                .crl(CA.revoke(revoked.certificate()).getEncoded())).open();
        Issued client = switch (who) {
            case "stranger" -> STRANGERS.issue(CertificateRequest.of("CN=alice,O=Example"));
            case "late" -> expired();
            case "revoked" -> revoked;
            case "server" -> CA.issue(CertificateRequest.of("CN=server").forServersOnly());
            default -> ALICE;
        };
        for (String version : new String[] {"TLSv1.3", "TLSv1.2"}) {
            // a client that is still writing when it is refused may see a reset instead
            await().atMost(Port.WAIT).untilAsserted(() -> assertThat(new Client(client).versions(version).reach(port)).contains(alert));
        }
    }

    static Stream<Arguments> providersAndVersions() {
        return Stream.of(TlsProvider.values()).flatMap(provider -> Stream.of("TLSv1.3", "TLSv1.2")
                .map(version -> Arguments.of(provider, version)));
    }

    @ParameterizedTest
    @MethodSource("providersAndVersions")
    void theRuleIsThatOfTheServiceChosenWhateverNameIsSent(TlsProvider provider, String version) throws Exception {
        port = new Port(provider).service("open", "open.example", Settings.with(SERVER.pem()))
                .service("closed", "closed.example", rule(CA.own().certificatePem()))
                .service("default", "", rule(ALONE.certificatePem())).open();
        assertThat(reach(null, version, "open.example")).isEqualTo("open");
        assertThat(reach(ALICE, version, "closed.example")).isEqualTo("closed");
        assertThat(reach(ALONE, version, "other.example")).isEqualTo("default");
        for (String name : new String[] {"closed.example", "other.example", null}) {
            assertThat(reach(null, version, name)).as("to " + name).isNotIn("open", "closed", "default");
            assertThat(port.refusal().reason()).isEqualTo(CloseReason.CLIENT_CERTIFICATE_REFUSED);
        }
        assertThat(reach(ALICE, version, null)).isNotEqualTo("default");
        assertThat(port.refusal().reason()).isEqualTo(CloseReason.CLIENT_CERTIFICATE_REFUSED);
        assertThat(reach(ALONE, version, "closed.example")).isNotEqualTo("closed");
        assertThat(port.refusal().reason()).isEqualTo(CloseReason.CLIENT_CERTIFICATE_REFUSED);
    }

    /** Each time a new client: one that comes back asks for the name of its session again. */
    private String reach(Issued identity, String version, String name) {
        return new Client(identity).versions(version).name(name).reach(port);
    }

    @ParameterizedTest
    @MethodSource("providersAndVersions")
    void aResumedSessionStillKnowsItsClient(TlsProvider provider, String version) throws Exception {
        port = new Port(provider).service("a", "", rule(CA.own().certificatePem())).open();
        Client bob = new Client(BOB).versions(version);
        for (int i = 0; i < 3; i++) {
            assertThat(bob.reach(port)).isEqualTo("a");
            assertThat(port.facts().tls().orElseThrow().clientCertificate()).contains(BOB.certificate());
        }
    }
}
