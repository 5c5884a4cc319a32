package io.sluice.plugins.tls.trust;

import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException.Reason;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.PKIXReason;
import java.util.Optional;

/** Why a client's certificate is not admitted: a sentence for people, and the word from which engines make an alert. */
public final class NotAdmitted extends CertificateException {

    private static final long serialVersionUID = 1;

    private NotAdmitted(String sentence, Reason reason) {
        super(sentence, new CertPathValidatorException(sentence, null, null, -1, reason));
    }

    static NotAdmitted expired(String sentence) {
        return new NotAdmitted(sentence, BasicReason.EXPIRED);
    }

    static NotAdmitted notYetValid(String sentence) {
        return new NotAdmitted(sentence, BasicReason.NOT_YET_VALID);
    }

    static NotAdmitted revoked(String sentence) {
        return new NotAdmitted(sentence, BasicReason.REVOKED);
    }

    static NotAdmitted unknown(String sentence) {
        return new NotAdmitted(sentence, PKIXReason.NO_TRUST_ANCHOR);
    }

    static NotAdmitted other(String sentence) {
        return new NotAdmitted(sentence, BasicReason.UNSPECIFIED);
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
