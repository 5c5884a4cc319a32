package io.sluice.plugins.tls.client;

import io.sluice.plugins.tls.material.BadMaterial;
import io.sluice.plugins.tls.material.CertificateReader;
import io.sluice.plugins.tls.material.Names;
import io.sluice.plugins.tls.trust.Revocations;
import io.sluice.spi.config.Findings;
import io.sluice.spi.config.Material;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads the lists of revoked certificates of one service, and says what is wrong with them. */
final class RevocationReader {

    private static final String DELTA = "2.5.29.27";

    private final Findings findings;
    private final Instant now;
    private boolean valid = true;

    RevocationReader(Findings findings, Instant now) {
        this.findings = findings;
        this.now = now;
    }

    /** Whether there was no error. */
    boolean isValid() {
        return valid;
    }

    /**
     * Reads all lists.
     *
     * @param authorities whose certificates are admitted
     * @param known       certificates that lists may be signed with
     */
    Revocations read(List<Material> materials, List<X509Certificate> authorities, List<X509Certificate> known) {
        List<X509CRL> all = new ArrayList<>();
        for (int i = 0; i < materials.size(); i++) {
            String field = "client_authorization.crl[" + i + "]";
            Material material = materials.get(i);
            try {
                for (X509CRL list : CertificateReader.revocationLists(material.bytes())) {
                    all.add(list);
                    check(field, material, list, known);
                }
            } catch (BadMaterial e) {
                error(field, material + ": " + e.getMessage(), e.hint());
            }
        }
        if (valid && !all.isEmpty()) {
            authorities.forEach(authority -> checkIsCovered(authority, all));
        }
        return new Revocations(all);
    }

    private void check(String field, Material material, X509CRL list, List<X509Certificate> known) {
        if (list.getExtensionValue(DELTA) != null) {
            error(field, material + ": it holds only what changed since another list (expected: a complete list)", "take the whole list of that authority");
        }
        List<X509Certificate> issuers = known.stream()
                .filter(one -> one.getSubjectX500Principal().equals(list.getIssuerX500Principal())).toList();
        if (!issuers.isEmpty() && issuers.stream().noneMatch(issuer -> isSignedBy(list, issuer))) {
            error(field, material + ": the list of " + Names.of(list.getIssuerX500Principal())
                    + " is not signed with its key (expected: that authority's signature)",
                    "it is of another authority with the same name, or damaged");
        }
        checkDate(field, material, list);
    }

    private static boolean isSignedBy(X509CRL list, X509Certificate issuer) {
        try {
            list.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
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

    private void checkIsCovered(X509Certificate authority, List<X509CRL> all) {
        if (all.stream().noneMatch(list -> list.getIssuerX500Principal().equals(authority.getSubjectX500Principal()))) {
            findings.warning("client_authorization.crl", "no list is of " + Names.of(authority)
                    + " (expected: one of every authority in client_certificates)", "clients that it issued itself are refused");
        }
    }

    private void error(String field, String message, String hint) {
        valid = false;
        findings.error(field, message, hint);
    }
}
