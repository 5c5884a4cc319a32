package io.sluice.plugins.tls.client;

import io.sluice.plugins.tls.material.BadMaterial;
import io.sluice.plugins.tls.material.CoveredNames;
import io.sluice.plugins.tls.material.Identity;
import io.sluice.plugins.tls.material.Validity;
import io.sluice.spi.config.Findings;
import io.sluice.spi.config.Material;
import io.sluice.spi.connection.ServiceInfo;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the certificates that a service proves itself with, and says what is wrong with them, or soon will be. */
final class ServerIdentities {

    private static final String SERVERS = "1.3.6.1.5.5.7.3.1";
    private static final String ANYTHING = "2.5.29.37.0";
    private static final List<Duration> AHEAD = List.of(Duration.ofDays(7), Duration.ofDays(30));

    private final ClientConfig config;
    private final ServiceInfo service;
    private final Findings findings;
    private final Instant now;
    private final List<Identity> identities = new ArrayList<>();
    private boolean valid = true;

    ServerIdentities(ClientConfig config, ServiceInfo service, Findings findings, Instant now) {
        this.config = config;
        this.service = service;
        this.findings = findings;
        this.now = now;
    }

    /** All of them; empty after an error. */
    List<Identity> read() {
        read("certificate", config.certificate());
        read("certificates", config.certificates());
        if (config.certificate().isEmpty() && config.certificates().isEmpty()) {
            read("ssl_certificates", config.sslCertificates());
        }
        if (valid && identities.isEmpty()) {
            findings.error("", "certificates is missing (expected: at least one certificate with its key)",
                    "add \"certificates\", or \"tls\": { \"passthrough\": true } if the target has it");
        }
        if (valid && !identities.isEmpty()) {
            checkDomain();
        }
        return valid ? identities : List.of();
    }

    private void read(String field, List<Material> materials) {
        for (int i = 0; i < materials.size(); i++) {
            read(field + "[" + i + "]", materials.get(i));
        }
    }

    private void read(String field, Material material) {
        try {
            Identity identity = Identity.read(material.bytes());
            identities.add(identity);
            checkValidity(field, material, Validity.of(identity.chain()));
            checkPurpose(field, material, identity.leaf());
        } catch (BadMaterial e) {
            error(field, material + ": " + e.getMessage(), e.hint());
        }
    }

    private void checkValidity(String field, Material material, Validity validity) {
        Instant end = validity.notAfter();
        AHEAD.forEach(time -> findings.holdsUntil(end.minus(time).plusSeconds(1)));
        findings.holdsUntil(end.plusSeconds(1));
        findings.holdsUntil(validity.notBefore());
        Optional<String> problem = validity.problem(now);
        if (problem.isPresent()) {
            String message = material + ": " + problem.get() + " (expected: certificates that are valid now)";
            if (config.allowExpired()) {
                findings.warning(field, message, "tls.allow_expired lets it pass; clients may not");
            } else {
                error(field, message, "replace it, or set \"tls\": { \"allow_expired\": true }");
            }
            return;
        }
        AHEAD.stream().filter(time -> validity.endsWithin(time, now)).findFirst().ifPresent(time ->
                findings.warning(field, material + ": it expires at " + end + ", in less than " + time.toDays()
                        + " days (expected: a renewal in time)", "a file that is replaced takes effect at once"));
    }

    /** RFC 5280 4.2.1.3 and 4.2.1.12. An RSA key that is not for signatures passes with many clients, an EC one with none. */
    private void checkPurpose(String field, Material material, X509Certificate leaf) {
        boolean[] usage = leaf.getKeyUsage();
        if (usage != null && !usage[0]) {
            String message = material + ": its key is not for signatures (expected: key usage digitalSignature)";
            if (leaf.getPublicKey() instanceof ECPublicKey) {
                error(field, message, "without a signature there is no handshake: have another certificate issued");
            } else {
                findings.warning(field, message, "clients that look at it will refuse it");
            }
        }
        if (!isForServers(leaf)) {
            findings.warning(field, material + ": it is not for servers (expected: extended key usage serverAuth)",
                    "clients that look at it will refuse it");
        }
    }

    private static boolean isForServers(X509Certificate leaf) {
        try {
            List<String> purposes = leaf.getExtendedKeyUsage();
            return purposes == null || purposes.contains(SERVERS) || purposes.contains(ANYTHING);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private void checkDomain() {
        String domain = service.domain();
        if (domain.isEmpty() || identities.stream().anyMatch(one -> CoveredNames.of(one.leaf()).coversDomain(domain))) {
            return;
        }
        String field = !config.certificate().isEmpty() ? "certificate" : !config.certificates().isEmpty() ? "certificates"
                : "ssl_certificates";
        findings.warning(field, "it is for " + CoveredNames.of(identities.get(0).leaf()) + " (expected: for the domain, "
                + domain + ")", "clients that check names will refuse it");
    }

    private void error(String field, String message, String hint) {
        valid = false;
        findings.error(field, message, hint);
    }
}
