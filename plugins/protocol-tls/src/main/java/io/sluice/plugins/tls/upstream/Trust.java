package io.sluice.plugins.tls.upstream;

import io.sluice.plugins.tls.material.Names;
import io.sluice.plugins.tls.material.PathRules;
import io.sluice.plugins.tls.material.Validity;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
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
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The authorities that targets are verified against. Finds the path from a target's certificate to one of them by the
 * rules of RFC 5280, as the JDK does; the same with either provider. Thread-safe; slow enough to stay off event loops.
 */
final class Trust {

    private static final int LONGEST_CHAIN = 10;
    private static final int DIGITAL_SIGNATURE = 0;
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    private static final PathRules RULES = new PathRules(SERVER_AUTH);

    private final Set<X509Certificate> authorities;
    private final Set<TrustAnchor> anchors;
    private final String name;

    private Trust(Collection<X509Certificate> authorities, String name) {
        this.authorities = Set.copyOf(new HashSet<>(authorities));
        this.anchors = this.authorities.stream().map(one -> new TrustAnchor(one, null)).collect(Collectors.toSet());
        this.name = name;
    }

    /** These certificates, whatever they are: a root, an intermediate, or the target's own. */
    static Trust of(Collection<X509Certificate> authorities) {
        return new Trust(authorities, "ca");
    }

    /** What the JVM trusts. */
    static Trust ofJvm() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        List<X509Certificate> authorities = new ArrayList<>();
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                authorities.addAll(Arrays.asList(x509.getAcceptedIssuers()));
            }
        }
        return new Trust(authorities, "the JVM's trust store");
    }

    /**
     * The verified path, from the leaf to the authority.
     *
     * @param sent what the target sent, its own certificate first
     */
    List<X509Certificate> verify(List<X509Certificate> sent) throws Refused {
        if (sent.size() > LONGEST_CHAIN) {
            throw new Refused("it sent " + sent.size() + " certificates (expected: at most " + LONGEST_CHAIN + ")");
        }
        X509Certificate leaf = sent.get(0);
        check(leaf);
        if (authorities.contains(leaf)) {
            return List.of(leaf);
        }
        try {
            PKIXCertPathBuilderResult result = build(sent);
            List<X509Certificate> path = new ArrayList<>();
            for (Certificate certificate : result.getCertPath().getCertificates()) {
                path.add((X509Certificate) certificate);
            }
            X509Certificate anchor = result.getTrustAnchor().getTrustedCert();
            Optional<String> broken = RULES.broken(path, anchor);
            if (broken.isPresent()) {
                throw Refused.unknownIssuer("its certificate " + Names.of(leaf) + " is not vouched for: " + broken.get());
            }
            path.add(anchor);
            return path;
        } catch (CertPathBuilderException e) {
            throw Refused.unknownIssuer(why(sent, e));
        } catch (GeneralSecurityException e) {
            throw e instanceof Refused refused ? refused : new Refused("its certificate cannot be checked: " + Names.printable(String.valueOf(e.getMessage())));
        }
    }

    private static void check(X509Certificate leaf) throws Refused {
        checkValidity(leaf);
        boolean[] usage = leaf.getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE]) {
            throw Refused.wrongPurpose("its certificate " + Names.of(leaf) + " is not for signatures (expected: key usage digitalSignature)");
        }
        try {
            List<String> purposes = leaf.getExtendedKeyUsage();
            if (purposes != null && !purposes.contains(SERVER_AUTH) && !purposes.contains(ANY_PURPOSE)) {
                throw Refused.wrongPurpose("its certificate " + Names.of(leaf) + " is not for servers (expected: extended key usage serverAuth)");
            }
        } catch (GeneralSecurityException e) {
            throw e instanceof Refused refused ? refused : new Refused("the purposes of its certificate cannot be read");
        }
    }

    private static void checkValidity(X509Certificate certificate) throws Refused {
        Instant now = Instant.now();
        Validity validity = Validity.of(List.of(certificate));
        String problem = validity.problem(now).orElse("");
        if (!problem.isEmpty()) {
            throw now.isBefore(validity.notBefore()) ? Refused.notYetValid("its certificate " + problem)
                    : Refused.expired("its certificate " + problem);
        }
    }

    private PKIXCertPathBuilderResult build(List<X509Certificate> sent) throws GeneralSecurityException {
        if (anchors.isEmpty()) {
            throw new CertPathBuilderException(name + " is empty");
        }
        X509CertSelector leaf = new X509CertSelector();
        leaf.setCertificate(sent.get(0));
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, leaf);
        parameters.setRevocationEnabled(false);
        parameters.setMaxPathLength(LONGEST_CHAIN);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(sent)));
        return (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
    }

    private String why(List<X509Certificate> sent, CertPathBuilderException failure) throws Refused {
        X509Certificate leaf = sent.get(0);
        if (leaf.getSubjectX500Principal().equals(leaf.getIssuerX500Principal())) {
            return "its certificate " + Names.of(leaf) + " is self-signed, and not in " + name;
        }
        X509Certificate top = leaf;
        for (X509Certificate certificate : sent) {
            checkValidity(certificate);
            top = certificate.getSubjectX500Principal().equals(top.getIssuerX500Principal()) ? certificate : top;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathValidatorException invalid
                    && invalid.getReason() == CertPathValidatorException.BasicReason.ALGORITHM_CONSTRAINED) {
                return "a signature or key in its chain is too weak: " + Names.printable(String.valueOf(invalid.getMessage()));
            }
        }
        return "its certificate " + Names.of(leaf) + " is issued by " + Names.of(top.getIssuerX500Principal())
                + ", which is not in " + name;
    }
}
