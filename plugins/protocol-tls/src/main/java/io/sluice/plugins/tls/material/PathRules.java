package io.sluice.plugins.tls.material;

import java.io.IOException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What the JDK leaves out when it builds a certificate path, and every other implementation of TLS looks at: the rules that
 * an anchor's own certificate makes (RFC 5280 4.2.1), and the purposes of those in between.
 */
public final class PathRules {

    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final String ANY_PURPOSE = "2.5.29.37.0";
    private static final int SIGNS_CERTIFICATES = 5;

    private final String purpose;

    /**
     * @param purpose the extended key usage that everyone on the path must allow
     */
    public PathRules(String purpose) {
        this.purpose = purpose;
    }

    /**
     * Checks a path that the JDK has built.
     *
     * @param path   leaf first, without its anchor; at least one
     * @param anchor the anchor
     * @return a clause that says what is wrong; empty if nothing is
     */
    public Optional<String> broken(List<X509Certificate> path, X509Certificate anchor) {
        if (!signs(anchor)) {
            return Optional.of(Names.of(anchor) + " may not issue certificates");
        }
        long between = path.stream().skip(1).filter(one -> !isSelfIssued(one)).count();
        if (anchor.getBasicConstraints() >= 0 && between > anchor.getBasicConstraints()) {
            return Optional.of(Names.of(anchor) + " allows fewer authorities below it");
        }
        if (!allowsNames(anchor, path)) {
            return Optional.of(Names.of(anchor) + " may not vouch for that name");
        }
        return path.stream().skip(1).filter(one -> !allows(one)).findFirst().or(() -> Optional.of(anchor).filter(one -> !allows(one)))
                .map(one -> Names.of(one) + " may not vouch for that purpose");
    }

    /** Certificates of the first version say nothing about that: whoever named them as anchors did. */
    private static boolean signs(X509Certificate anchor) {
        boolean[] usage = anchor.getKeyUsage();
        return (anchor.getVersion() < 3 || anchor.getBasicConstraints() >= 0) && (usage == null || usage[SIGNS_CERTIFICATES]);
    }

    private static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static boolean allowsNames(X509Certificate anchor, List<X509Certificate> path) {
        byte[] extension = anchor.getExtensionValue(NAME_CONSTRAINTS);
        if (extension == null) {
            return true;
        }
        X509CertSelector selector = new X509CertSelector();
        try {
            selector.setNameConstraints(new Der(extension).next(Der.OCTET_STRING).map(Der::rest).orElse(new byte[0]));
        } catch (IOException e) {
            return false;
        }
        return path.stream().allMatch(one -> one != path.get(0) && isSelfIssued(one) || selector.match(one));
    }

    private boolean allows(X509Certificate authority) {
        try {
            List<String> purposes = authority.getExtendedKeyUsage();
            return purposes == null || purposes.contains(purpose) || purposes.contains(ANY_PURPOSE);
        } catch (CertificateParsingException e) {
            return false;
        }
    }
}
