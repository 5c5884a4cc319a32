package io.sluice.plugins.tls.upstream;

import java.security.cert.CertificateException;

/** Why a target's certificate is not accepted: one sentence. */
final class Refused extends CertificateException {

    private static final long serialVersionUID = 1;

    Refused(String sentence) {
        super(sentence);
    }

    /** A refusal is the peer's fault, and its sentence is all that is wanted. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
