package io.sluice.plugins.tls.client;

import io.sluice.plugins.tls.material.BadMaterial;
import io.sluice.plugins.tls.material.CertificateReader;
import io.sluice.plugins.tls.material.Digest;
import io.sluice.plugins.tls.material.DigestList;
import io.sluice.plugins.tls.material.Names;
import io.sluice.plugins.tls.material.Validity;
import io.sluice.plugins.tls.trust.AllowLists;
import io.sluice.plugins.tls.trust.Authorities;
import io.sluice.plugins.tls.trust.ClientRule;
import io.sluice.plugins.tls.trust.Revocations;
import io.sluice.plugins.tls.trust.SanPattern;
import io.sluice.plugins.tls.trust.SubjectPattern;
import io.sluice.spi.config.Findings;
import io.sluice.spi.config.Material;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the rule of a service that asks clients for certificates. */
final class ClientRuleReader {

    private final ClientConfig config;
    private final Findings findings;
    private final Instant now;
    private final Set<Digest> leaves = new HashSet<>();
    private final List<X509Certificate> authorities = new ArrayList<>();
    private boolean valid = true;

    ClientRuleReader(ClientConfig config, Findings findings, Instant now) {
        this.config = config;
        this.findings = findings;
        this.now = now;
    }

    /** The rule; empty after an error. */
    Optional<ClientRule> read() {
        List<Material> entries = config.clientCertificates();
        for (int i = 0; i < entries.size(); i++) {
            entry("client_certificates[" + i + "]", entries.get(i));
        }
        if (entries.isEmpty()) {
            findings.warning("client_certificates", "is empty, so no client is admitted (expected: at least one certificate)",
                    "add the certificates of clients, or of the authority that issues them");
        }
        ClientConfig.Authorization lists = config.clientAuthorization();
        ClientRule rule = new ClientRule(Set.copyOf(leaves), new Authorities(authorities), new Revocations(revocations(lists)),
                new AllowLists(subjects(lists), sans(lists), digests("fingerprints", lists.fingerprints()),
                        digests("spki_pins", lists.spkiPins())));
        return valid ? Optional.of(rule) : Optional.empty();
    }

    /** The first certificate of an entry says what it is; what follows it admits nobody. */
    private void entry(String field, Material material) {
        try {
            X509Certificate first = CertificateReader.certificates(material.bytes()).get(0);
            if (first.getBasicConstraints() >= 0) {
                authorities.add(first);
            } else {
                leaves.add(Digest.fingerprint(first));
            }
            Validity validity = Validity.of(List.of(first));
            findings.holdsUntil(validity.notAfter().plusSeconds(1));
            validity.problem(now).ifPresent(problem -> findings.warning(field, material + ": " + problem
                    + " (expected: a certificate that is valid now)", "it admits nobody"));
        } catch (BadMaterial e) {
            error(field, material + ": " + e.getMessage(), e.hint());
        }
    }

    private List<X509CRL> revocations(ClientConfig.Authorization lists) {
        List<X509CRL> all = new ArrayList<>();
        for (int i = 0; i < lists.crl().size(); i++) {
            String field = "client_authorization.crl[" + i + "]";
            Material material = lists.crl().get(i);
            try {
                for (X509CRL list : CertificateReader.revocationLists(material.bytes())) {
                    all.add(list);
                    checkDate(field, material, list);
                }
            } catch (BadMaterial e) {
                error(field, material + ": " + e.getMessage(), e.hint());
            }
        }
        return all;
    }

    private void checkDate(String field, Material material, X509CRL list) {
        if (list.getNextUpdate() == null) {
            return;
        }
        Instant next = list.getNextUpdate().toInstant();
        findings.holdsUntil(next.plusSeconds(1));
        if (now.isAfter(next)) {
            findings.warning(field, material + ": the list of " + Names.of(list.getIssuerX500Principal()) + " is out of date since "
                    + next + " (expected: one whose next update is still to come)",
                    "until it is replaced, no certificate of that authority is admitted");
        }
    }

    private List<SubjectPattern> subjects(ClientConfig.Authorization lists) {
        List<SubjectPattern> subjects = new ArrayList<>();
        for (int i = 0; i < lists.subjects().size(); i++) {
            String written = lists.subjects().get(i);
            try {
                subjects.add(SubjectPattern.parse(written));
            } catch (IllegalArgumentException e) {
                error("client_authorization.subjects[" + i + "]", "\"" + Names.printable(written)
                        + "\" (expected: a distinguished name as in RFC 4514, or a common name)", "CN=alice,O=Example");
            }
        }
        return subjects;
    }

    private List<SanPattern> sans(ClientConfig.Authorization lists) {
        List<SanPattern> sans = new ArrayList<>();
        for (int i = 0; i < lists.sans().size(); i++) {
            String written = lists.sans().get(i);
            Optional<SanPattern> san = SanPattern.parse(written);
            san.ifPresent(sans::add);
            if (san.isEmpty()) {
                error("client_authorization.sans[" + i + "]", "\"" + Names.printable(written)
                        + "\" (expected: DNS:, URI:, IP: or email: and a name)", "");
            }
        }
        return sans;
    }

    private Set<Digest> digests(String list, List<String> written) {
        try {
            return written.isEmpty() ? Set.of() : Set.copyOf(DigestList.parse(written));
        } catch (BadMaterial e) {
            error("client_authorization." + list, e.getMessage(), e.hint());
            return Set.of();
        }
    }

    private void error(String field, String message, String hint) {
        valid = false;
        findings.error(field, message, hint);
    }
}
