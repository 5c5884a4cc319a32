package io.sluice.plugins.tls.upstream;

import io.sluice.plugins.tls.provider.CertificateFault;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLEngine;

/** Why a target's certificate is not accepted: one sentence. */
final class Refused extends CertificateException {

    private static final long serialVersionUID = 1;

    private final CertificateFault fault;

    private Refused(String sentence, CertificateFault fault) {
        super(sentence, fault.cause(sentence));
        this.fault = fault;
    }

    /** It is not what is wanted. */
    Refused(String sentence) {
        this(sentence, CertificateFault.NOT_WANTED);
    }

    static Refused unknownIssuer(String sentence) {
        return new Refused(sentence, CertificateFault.UNKNOWN_ISSUER);
    }

    static Refused expired(String sentence) {
        return new Refused(sentence, CertificateFault.EXPIRED);
    }

    static Refused notYetValid(String sentence) {
        return new Refused(sentence, CertificateFault.NOT_YET_VALID);
    }

    static Refused wrongPurpose(String sentence) {
        return new Refused(sentence, CertificateFault.WRONG_PURPOSE);
    }

    /** What a trust manager throws at an engine. */
    CertificateException thrownAt(SSLEngine engine) {
        return fault.thrownAt(engine, this);
    }

    /** A refusal is the peer's fault, and its sentence is all that is wanted. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
