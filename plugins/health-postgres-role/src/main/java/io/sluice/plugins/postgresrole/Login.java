package io.sluice.plugins.postgresrole;

import io.sluice.spi.health.StepResult;
import io.sluice.spi.health.StepResult.Send;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One login: what is answered to each of the server's requests. */
final class Login {

    private static final int OK = 0;
    private static final int CLEARTEXT = 3;
    private static final int MD5 = 5;
    private static final int SASL = 10;
    private static final int SASL_CONTINUE = 11;
    private static final int SASL_FINAL = 12;

    private final Passwords passwords;
    private ScramExchange scram;
    private boolean done;

    /** With the account's passwords; {@code null} if it has none. */
    Login(Passwords passwords) {
        this.passwords = passwords;
    }

    /** Whether the server may now say that it is ready: it must not let anyone in before a proof was checked. */
    boolean isDone() {
        return done;
    }

    /**
     * Answers one request.
     *
     * @param request  an authentication message
     * @param consumed how many unread bytes end with it
     */
    StepResult answer(Message request, int consumed) {
        if (request.body().remaining() < 4) {
            return StepResult.failed("a request to log in ends too early");
        }
        int kind = request.body().getInt(0);
        if (kind == OK) {
            done = scram == null || scram.isVerified();
            return done ? StepResult.NEED_MORE
                    : StepResult.failed("the server lets in without proof that it knows the password");
        }
        if (kind == SASL_FINAL && scram != null) {
            return scram.verify(request.text(4)) ? StepResult.NEED_MORE
                    : StepResult.failed("the server did not prove that it knows the password");
        }
        if (passwords == null) {
            return StepResult.failed("the server asks for a password (expected: none, as the check has none)");
        }
        return switch (kind) {
            case CLEARTEXT -> secret(consumed, Message.strings(passwords.password()), "password (secret)");
            case MD5 -> request.body().remaining() == 8
                    ? secret(consumed, Message.strings(passwords.md5(request.text(4))), "password as MD5 (secret)")
                    : StepResult.failed("a request to log in with MD5 has no salt of four bytes");
            case SASL -> begin(request, consumed);
            case SASL_CONTINUE -> proof(request, consumed);
            default -> StepResult.failed("the server asks for a login of kind " + kind
                    + " (expected: a password, MD5 or SCRAM-SHA-256)");
        };
    }

    private StepResult begin(Message request, int consumed) {
        if (scram != null || !Arrays.asList(request.text(4).split("\0")).contains(ScramExchange.NAME)) {
            return StepResult.failed("the server offers no SCRAM-SHA-256");
        }
        scram = new ScramExchange(passwords);
        byte[] first = scram.first().getBytes(StandardCharsets.US_ASCII);
        byte[] name = Message.strings(ScramExchange.NAME);
        byte[] body = ByteBuffer.allocate(name.length + 4 + first.length)
                .put(name).putInt(first.length).put(first).array();
        return new Send(consumed, Message.write('p', body));
    }

    private StepResult proof(Message request, int consumed) {
        String proof = scram == null ? "" : scram.proof(request.text(4));
        return proof.isEmpty() ? StepResult.failed("the server's challenge is not one of SCRAM-SHA-256")
                : secret(consumed, proof.getBytes(StandardCharsets.US_ASCII), "SCRAM proof (secret)");
    }

    private static StepResult secret(int consumed, byte[] body, String shown) {
        return new Send(consumed, Message.write('p', body), shown);
    }
}
