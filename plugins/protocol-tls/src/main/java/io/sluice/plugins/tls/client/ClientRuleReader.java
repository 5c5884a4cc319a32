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
import io.sluice.plugins.tls.trust.SanPattern;
import io.sluice.plugins.tls.trust.SubjectPattern;
import io.sluice.spi.config.Findings;
import io.sluice.spi.config.Material;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the rule of a service that asks clients for certificates. */
final class ClientRuleReader {

    private final ClientConfig config;
    private final Findings findings;
    private final Instant now;
    private final Set<Digest> leaves = new HashSet<>();
    private final List<X509Certificate> authorities = new ArrayList<>();
    /** All that entries hold, whether it admits anyone or not. */
    private final List<X509Certificate> known = new ArrayList<>();
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
        RevocationReader revocations = new RevocationReader(findings, now);
        ClientRule rule = new ClientRule(Set.copyOf(leaves), new Authorities(authorities),
                revocations.read(lists.crl(), authorities, known),
                new AllowLists(subjects(lists.subjects()), sans(lists.sans()), digests("fingerprints", lists.fingerprints()),
                        digests("spki_pins", lists.spkiPins())));
        return valid && revocations.isValid() ? Optional.of(rule) : Optional.empty();
    }

    /** The first certificate of an entry says what it is; what follows it admits nobody. */
    private void entry(String field, Material material) {
        try {
            List<X509Certificate> all = CertificateReader.certificates(material.bytes());
            known.addAll(all);
            X509Certificate first = all.get(0);
            if (first.getBasicConstraints() >= 0) {
                authorities.add(first);
                if (all.size() > 1) {
                    findings.warning(field, material + ": it holds " + all.size() + " certificates, of which only the first counts, "
                            + Names.of(first) + " (expected: one authority in each entry)", "give each authority an entry of its own");
                }
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

    private Optional<List<SubjectPattern>> subjects(ClientConfig.Allowed list) {
        return read("subjects", list, written -> {
            try {
                return Optional.of(SubjectPattern.parse(written));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }, "a distinguished name as in RFC 4514, or a common name", "CN=alice,O=Example");
    }

    private Optional<List<SanPattern>> sans(ClientConfig.Allowed list) {
        return read("sans", list, SanPattern::parse, "DNS:, URI:, IP: or email: and a name", "");
    }

    private <T> Optional<List<T>> read(String name, ClientConfig.Allowed list, Function<String, Optional<T>> parser, String rule,
            String hint) {
        if (list == null) {
            return Optional.empty();
        }
        warnIfEmpty(name, list);
        List<T> patterns = new ArrayList<>();
        for (int i = 0; i < list.entries().size(); i++) {
            String written = list.entries().get(i);
            Optional<T> pattern = parser.apply(written);
            pattern.ifPresent(patterns::add);
            if (pattern.isEmpty()) {
                error("client_authorization." + name + "[" + i + "]", "\"" + Names.printable(written) + "\" (expected: " + rule + ")",
                        hint);
            }
        }
        return Optional.of(patterns);
    }

    private Optional<Set<Digest>> digests(String name, ClientConfig.Allowed list) {
        if (list == null) {
            return Optional.empty();
        }
        warnIfEmpty(name, list);
        try {
            return Optional.of(list.entries().isEmpty() ? Set.of() : Set.copyOf(DigestList.parse(list.entries())));
        } catch (BadMaterial e) {
            error("client_authorization." + name, e.getMessage(), name.equals("fingerprints")
                    ? "openssl x509 -in CERT -noout -fingerprint -sha256 shows it" : e.hint());
            return Optional.empty();
        }
    }

    private void warnIfEmpty(String name, ClientConfig.Allowed list) {
        if (list.entries().isEmpty()) {
            findings.warning("client_authorization." + name, "is empty, so no client is admitted (expected: at least one entry)",
                    "a list that is left out allows everyone");
        }
    }

    private void error(String field, String message, String hint) {
        valid = false;
        findings.error(field, message, hint);
    }
}
