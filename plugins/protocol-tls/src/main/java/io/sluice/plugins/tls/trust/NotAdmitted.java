package io.sluice.plugins.tls.trust;

import io.sluice.plugins.tls.provider.CertificateFault;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/** Why a client's certificate is not admitted: a sentence for people, and the word from which
 * engines make an alert. */
public final class NotAdmitted extends CertificateException {

    private static final long serialVersionUID = 1;

    private final CertificateFault fault;

    private NotAdmitted(String sentence, CertificateFault fault) {
        super(sentence, fault.cause(sentence));
        this.fault = fault;
    }

    static NotAdmitted expired(String sentence) {
        return new NotAdmitted(sentence, CertificateFault.EXPIRED);
    }

    static NotAdmitted notYetValid(String sentence) {
        return new NotAdmitted(sentence, CertificateFault.NOT_YET_VALID);
    }

    static NotAdmitted revoked(String sentence) {
        return new NotAdmitted(sentence, CertificateFault.REVOKED);
    }

    static NotAdmitted unknown(String sentence) {
        return new NotAdmitted(sentence, CertificateFault.UNKNOWN_ISSUER);
    }

    static NotAdmitted wrongPurpose(String sentence) {
        return new NotAdmitted(sentence, CertificateFault.WRONG_PURPOSE);
    }

    static NotAdmitted other(String sentence) {
        return new NotAdmitted(sentence, CertificateFault.NOT_WANTED);
    }

    /** What a trust manager throws at an engine. */
    CertificateException thrownAt(SSLEngine engine) {
        return fault.thrownAt(engine, this);
    }

    /** The one among a failure's causes, if there is one. */
    public static Optional<NotAdmitted> in(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 10; depth++) {
            if (cause instanceof NotAdmitted refused) {
                return Optional.of(refused);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    /** A refusal is the client's fault: its sentence is all that is wanted. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
