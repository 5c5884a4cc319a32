package io.sluice.plugins.tls.client;

import io.sluice.plugins.tls.client.Served.Passthrough;
import io.sluice.plugins.tls.client.Served.Terminated;
import io.sluice.plugins.tls.material.Identity;
import io.sluice.plugins.tls.provider.CipherSuites;
import io.sluice.plugins.tls.provider.TlsProvider;
import io.sluice.plugins.tls.provider.TlsVersion;
import io.sluice.plugins.tls.trust.ClientTrust;
import io.sluice.spi.config.Findings;
import io.sluice.spi.connection.ServiceInfo;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Turns one service's configuration into what its connections need, or says what is wrong with it. */
final class Preparation {

    private static final int LONGEST_PROTOCOL = 255;

    private final ClientConfig config;
    private final ServiceInfo service;
    private final Findings findings;
    private final Clock clock;
    private boolean valid = true;

    Preparation(ClientConfig config, ServiceInfo service, Findings findings, Clock clock) {
        this.config = config;
        this.service = service;
        this.findings = findings;
        this.clock = clock;
    }

    /** What was prepared; {@code null} after an error. */
    Served prepare(TlsProvider provider) {
        checkAlpn();
        checkVersions();
        checkCiphers();
        if (config.passthrough()) {
            checkPassthrough();
            return valid ? new Passthrough(config.alpn()) : null;
        }
        Optional<ClientTrust> trust = trust();
        List<Identity> identities = new ServerIdentities(config, service, findings, clock.instant()).read();
        identities.forEach(this::checkCiphersFor);
        return valid && !identities.isEmpty() ? terminated(provider, identities, trust) : null;
    }

    private Served terminated(TlsProvider provider, List<Identity> identities, Optional<ClientTrust> trust) {
        List<String> versions = config.lowest().upTo(config.highest());
        Contexts contexts = new Contexts(provider, versions, CipherSuites.of(config.ciphers()), config.alpn(), trust);
        List<ServerCertificate> certificates = new ArrayList<>();
        try {
            for (Identity identity : identities) {
                certificates.add(contexts.make(identity));
            }
            return new Terminated(certificates, config.lowest(), config.highest(), config.alpn(), trust);
        } catch (SSLException | IllegalArgumentException e) {
            error("certificates", "the TLS provider refuses them: " + e.getMessage() + " (expected: certificates that it can use)",
                    "");
            return null;
        }
    }

    private Optional<ClientTrust> trust() {
        boolean given = !config.clientCertificates().isEmpty() || !config.clientAuthorization().isEmpty();
        if (!config.useMutualTlsAuth()) {
            if (given) {
                findings.warning(config.clientCertificates().isEmpty() ? "client_authorization" : "client_certificates",
                        "has no effect (expected: together with \"use_mutual_tls_auth\": true)",
                        "without it, clients need no certificate");
            }
            return Optional.empty();
        }
        return new ClientRuleReader(config, findings, clock.instant()).read().map(rule -> new ClientTrust(rule, clock));
    }

    private void checkAlpn() {
        for (int i = 0; i < config.alpn().size(); i++) {
            String protocol = config.alpn().get(i);
            if (protocol.isEmpty() || protocol.length() > LONGEST_PROTOCOL || !protocol.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
                error("alpn[" + i + "]", "\"" + protocol + "\" (expected: 1 to 255 printable ASCII characters)", "write the name of a protocol, such as h2, http/1.1 or mqtt");
            }
        }
    }

    private void checkVersions() {
        TlsVersion lowest = config.lowest();
        if (lowest.compareTo(config.highest()) > 0) {
            error("min_version", "it is above max_version (expected: at most that)", "swap the two, or leave one of them out");
        }
    }

    private void checkCiphers() {
        for (int i = 0; i < config.ciphers().size(); i++) {
            if (!CipherSuites.isKnown(config.ciphers().get(i))) {
                error("ciphers[" + i + "]", "\"" + config.ciphers().get(i) + "\" (expected: one of "
                        + String.join(", ", CipherSuites.known()) + ")", "only suites with forward secrecy are installed");
            }
        }
        if (!config.ciphers().isEmpty() && config.lowest() == TlsVersion.TLS_1_2
                && config.ciphers().stream().filter(CipherSuites::isKnown).noneMatch(CipherSuites::isTls12)) {
            findings.warning("ciphers", "none of them is for TLS 1.2 (expected: at least one, while min_version is 1.2)",
                    "or set min_version to 1.3");
        }
    }

    /** Without a suite for its key a certificate cannot be used, by one of the providers not even with TLS 1.3. */
    private void checkCiphersFor(Identity identity) {
        String kind = identity.key().getAlgorithm();
        List<String> chosen = config.ciphers().stream().filter(CipherSuites::isKnown).filter(CipherSuites::isTls12).toList();
        if (!chosen.isEmpty() && chosen.stream().noneMatch(suite -> CipherSuites.isFor(kind, suite))) {
            error("ciphers", "none of them is for the " + kind + " key of " + identity + " (expected: at least one suite of "
                    + (kind.equals("RSA") ? "ECDHE_RSA" : "ECDHE_ECDSA") + ")", "or use a certificate with a key of the other kind");
        }
    }

    private void checkPassthrough() {
        if (config.useMutualTlsAuth()) {
            error("use_mutual_tls_auth", "true with passthrough (expected: one of the two)",
                    "whoever terminates the client's TLS asks for its certificate: here that is the target");
        } else if (!config.clientCertificates().isEmpty()) {
            findings.warning("client_certificates", "has no effect with passthrough (expected: none)",
                    "whoever terminates the client's TLS asks for its certificate: here that is the target");
        }
        if (!config.certificate().isEmpty() || !config.certificates().isEmpty()) {
            findings.warning(config.certificate().isEmpty() ? "certificates" : "certificate",
                    "has no effect with passthrough (expected: none)", "the target shows its own");
        }
    }

    private void error(String field, String message, String hint) {
        valid = false;
        findings.error(field, message, hint);
    }
}
