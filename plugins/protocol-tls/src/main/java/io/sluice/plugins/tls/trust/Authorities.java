package io.sluice.plugins.tls.trust;

import io.sluice.plugins.tls.material.Names;
import io.sluice.plugins.tls.material.PathRules;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Authorities that vouch for clients (RFC 5280 6). Immutable; thread-safe. */
public final class Authorities {

    /** More than that, and the search for a path would be the client's to make expensive. */
    private static final int MOST_ISSUERS = 8;

    private static final PathRules RULES = new PathRules(ClientRule.CLIENT_AUTH);

    private final List<X509Certificate> certificates;
    private final Set<TrustAnchor> anchors;

    public Authorities(List<X509Certificate> certificates) {
        this.certificates = List.copyOf(certificates);
        this.anchors = certificates.stream().map(one -> new TrustAnchor(one, null)).collect(Collectors.toUnmodifiableSet());
    }

    /** Their certificates. */
    public List<X509Certificate> certificates() {
        return certificates;
    }

    /** The verified path to a leaf, leaf first; an anchor is its own path. */
    Path path(List<X509Certificate> chain, Instant now) throws NotAdmitted {
        X509Certificate leaf = chain.get(0);
        if (anchors.isEmpty()) {
            throw unknown(leaf);
        }
        if (certificates.contains(leaf)) {
            // as people make them who need one certificate only: self-signed, and an authority by accident
            return Path.listed(leaf);
        }
        if (chain.size() - 1 > MOST_ISSUERS) {
            throw NotAdmitted.other("the client sent " + chain.size() + " certificates (expected: at most " + (MOST_ISSUERS + 1) + ")");
        }
        try {
            PKIXCertPathBuilderResult result = build(chain, now);
            checkAnchor(result.getTrustAnchor().getTrustedCert(), now);
            List<X509Certificate> path = new ArrayList<>();
            for (Certificate certificate : result.getCertPath().getCertificates()) {
                path.add((X509Certificate) certificate);
            }
            Optional<String> broken = RULES.broken(path, result.getTrustAnchor().getTrustedCert());
            if (broken.isPresent()) {
                throw NotAdmitted.unknown("nobody in client_certificates vouches for " + Names.of(leaf) + ": " + broken.get());
            }
            return new Path(path, Optional.of(result.getTrustAnchor().getTrustedCert()));
        } catch (CertPathBuilderException e) {
            throw reason(leaf, e);
        } catch (GeneralSecurityException e) {
            throw e instanceof NotAdmitted refused ? refused : unknown(leaf);
        }
    }

    private PKIXCertPathBuilderResult build(List<X509Certificate> chain, Instant now) throws GeneralSecurityException {
        X509CertSelector leaf = new X509CertSelector();
        leaf.setCertificate(chain.get(0));
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, leaf);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
        parameters.setRevocationEnabled(false);
        parameters.setMaxPathLength(MOST_ISSUERS);
        parameters.setDate(Date.from(now));
        return (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
    }

    private static void checkAnchor(X509Certificate anchor, Instant now) throws NotAdmitted {
        if (now.isAfter(anchor.getNotAfter().toInstant())) {
            throw NotAdmitted.expired("the authority " + Names.of(anchor) + " expired at " + anchor.getNotAfter().toInstant());
        }
    }

    private static NotAdmitted reason(X509Certificate leaf, CertPathBuilderException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof CertPathValidatorException invalid && invalid.getReason() == BasicReason.EXPIRED) {
            return NotAdmitted.expired("an issuer of the client's certificate, " + Names.of(leaf) + ", has expired");
        }
        return unknown(leaf);
    }

    private static NotAdmitted unknown(X509Certificate leaf) {
        return NotAdmitted.unknown("nobody in client_certificates vouches for " + Names.of(leaf) + ", issued by "
                + Names.of(leaf.getIssuerX500Principal()));
    }
}
