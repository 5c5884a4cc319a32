package io.sluice.plugins.tls.provider;

import io.netty.handler.ssl.OpenSslCertificateException;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException.Reason;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.PKIXReason;
import javax.net.ssl.SSLEngine;

/**
 * Why a peer's certificate is refused, in the words from which engines make the alert (RFC 8446 6.2). BoringSSL makes it
 * from OpenSSL's numbers, the JDK from a reason; for clients' certificates the JDK knows {@code certificate_unknown} only.
 */
public enum CertificateFault {
    /** Nobody who is trusted vouches for it: {@code unknown_ca}. X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY. */
    UNKNOWN_ISSUER(20, PKIXReason.NO_TRUST_ANCHOR),
    /** {@code certificate_expired}. X509_V_ERR_CERT_HAS_EXPIRED. */
    EXPIRED(10, BasicReason.EXPIRED),
    /** {@code certificate_expired}, or {@code bad_certificate}. X509_V_ERR_CERT_NOT_YET_VALID. */
    NOT_YET_VALID(9, BasicReason.NOT_YET_VALID),
    /** {@code certificate_revoked}. X509_V_ERR_CERT_REVOKED. */
    REVOKED(23, BasicReason.REVOKED),
    /** It is for something else: {@code unsupported_certificate}. X509_V_ERR_INVALID_PURPOSE. */
    WRONG_PURPOSE(26, PKIXReason.INVALID_KEY_USAGE),
    /** It is in order, but not what is wanted here: {@code certificate_unknown}. X509_V_ERR_PERMITTED_VIOLATION. */
    NOT_WANTED(47, BasicReason.UNSPECIFIED);

    private final int number;
    private final Reason reason;

    CertificateFault(int number, Reason reason) {
        this.number = number;
        this.reason = reason;
    }

    /** The cause that a refusal must have for the JDK's engines. */
    public CertPathValidatorException cause(String sentence) {
        return new CertPathValidatorException(sentence, null, null, -1, reason);
    }

    /** What a trust manager throws at an engine for a refusal, which is then among the causes. */
    public CertificateException thrownAt(SSLEngine engine, CertificateException refusal) {
        return engine instanceof ReferenceCountedOpenSslEngine
                ? new OpenSslCertificateException(refusal.getMessage(), refusal, number) : refusal;
    }
}
