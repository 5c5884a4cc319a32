package io.sluice.testing.certs;

import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for tests. */
public final class Authority {

    private final Issued own;
    private final boolean root;

    private Authority(Issued own, boolean root) {
        this.own = own;
        this.root = root;
    }

    /** A new root. */
    public static Authority root(String name) {
        return root(CertificateRequest.of("CN=" + name).asAuthority());
    }

    /** A new root with a certificate of its own making. */
    public static Authority root(CertificateRequest request) {
        return new Authority(selfSigned(request), true);
    }

    /** A new authority below this one. */
    public Authority intermediate(String name) {
        return intermediate(CertificateRequest.of("CN=" + name).asAuthority());
    }

    /** A new authority below this one, with a certificate of its own making. */
    public Authority intermediate(CertificateRequest request) {
        return new Authority(issue(request), false);
    }

    /** The authority's own certificate and key. */
    public Issued own() {
        return own;
    }

    /** The authority's own certificate. */
    public X509Certificate certificate() {
        return own.certificate();
    }

    /** Signs a certificate. */
    public Issued issue(CertificateRequest request) {
        List<X509Certificate> issuers = new ArrayList<>();
        if (!root) {
            issuers.add(own.certificate());
            issuers.addAll(own.issuers());
        }
        String issuer = own.certificate().getSubjectX500Principal().getName();
        return new Issued(request.keys.getPrivate(), sign(request, issuer, own.key()), List.copyOf(issuers));
    }

    /** Signs a certificate with its own key. */
    public static Issued selfSigned(CertificateRequest request) {
        return new Issued(request.keys.getPrivate(), sign(request, request.subject, request.keys.getPrivate()), List.of());
    }

    /** A list that revokes the given certificates, valid for a day. */
    public X509CRL revoke(X509Certificate... revoked) {
        Instant now = Instant.now();
        X509v2CRLBuilder builder = new X509v2CRLBuilder(X500Name.getInstance(
                own.certificate().getSubjectX500Principal().getEncoded()), Date.from(now.minus(Duration.ofHours(1))));
        builder.setNextUpdate(Date.from(now.plus(Duration.ofDays(1))));
        for (X509Certificate one : revoked) {
            builder.addCRLEntry(one.getSerialNumber(), Date.from(now.minus(Duration.ofMinutes(1))), CRLReason.keyCompromise);
        }
        try {
            return new JcaX509CRLConverter().getCRL(builder.build(new JcaContentSignerBuilder(algorithm(own.key())).build(own.key())));
        } catch (OperatorCreationException | CRLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate sign(CertificateRequest request, String issuer, PrivateKey key) {
        BigInteger serial = new BigInteger(120, new SecureRandom()).add(BigInteger.ONE);
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(new X500Name(issuer), serial,
                Date.from(request.notBefore), Date.from(request.notAfter), new X500Name(request.subject),
                request.keys.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, request.pathLength < 0 ? new BasicConstraints(request.ca)
                    : new BasicConstraints(request.pathLength));
            if (request.usage != 0) {
                builder.addExtension(Extension.keyUsage, true, new KeyUsage(request.usage));
            }
            if (request.subtree != null) {
                builder.addExtension(Extension.nameConstraints, true, new NameConstraints(new GeneralSubtree[] {
                        new GeneralSubtree(new GeneralName(GeneralName.dNSName, request.subtree))}, null));
            }
            if (!request.purposes.isEmpty()) {
                builder.addExtension(Extension.extendedKeyUsage, false,
                        new ExtendedKeyUsage(request.purposes.toArray(new KeyPurposeId[0])));
            }
            if (!request.names.isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false,
                        new GeneralNames(request.names.toArray(new GeneralName[0])));
            }
            return new JcaX509CertificateConverter().getCertificate(
                    builder.build(new JcaContentSignerBuilder(algorithm(key)).build(key)));
        } catch (CertIOException | OperatorCreationException | CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String algorithm(PrivateKey key) {
        return key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    }
}
