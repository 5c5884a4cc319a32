package io.sluice.plugins.redisrole;

import io.sluice.plugins.redisrole.Reply.Kind;
import io.sluice.spi.health.PeerText;
import io.sluice.spi.health.Step;
import io.sluice.spi.health.StepResult;
import io.sluice.spi.health.StepResult.Send;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Logs in, and then leaves the rest to another step. */
final class LoginStep implements Step {

    private final RedisRoleConfig config;
    private final Step next;
    private boolean asked;
    private boolean loggedIn;

    LoginStep(RedisRoleConfig config, Step next) {
        this.config = config;
        this.next = next;
    }

    @Override
    public StepResult examine(ByteBuffer unread, Cause cause) {
        if (loggedIn) {
            return next.examine(unread, cause);
        }
        if (!asked) {
            asked = true;
            return new Send(0, login(), "AUTH" + (config.username() == null ? "" : " " + config.username())
                    + " (secret)");
        }
        Reply reply = Reply.read(unread, 0);
        return switch (reply.kind()) {
            case PART -> cause == Cause.BYTES ? StepResult.NEED_MORE : StepResult.failed("no answer to AUTH came");
            case LINE -> loggedIn(reply);
            // no more than its first word: some servers repeat the command that they do not know
            case ERROR -> StepResult.failed("AUTH was refused: " + PeerText.quoted(reply.text().split(" ", 2)[0]));
            default -> StepResult.failed("the answer to AUTH is not one of Redis");
        };
    }

    private StepResult loggedIn(Reply reply) {
        if (reply.kind() != Kind.LINE || !reply.text().equals("OK")) {
            return StepResult.failed("the answer to AUTH is not OK");
        }
        loggedIn = true;
        return new Send(reply.size(), next.opening());
    }

    /** Counted strings, so that a password may hold any bytes. */
    private byte[] login() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((config.username() == null ? "*2\r\n" : "*3\r\n").getBytes(StandardCharsets.US_ASCII));
        string(bytes, "AUTH");
        if (config.username() != null) {
            string(bytes, config.username());
        }
        string(bytes, config.password());
        return bytes.toByteArray();
    }

    private static void string(ByteArrayOutputStream bytes, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        bytes.writeBytes(("$" + utf8.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(utf8);
        bytes.writeBytes(new byte[] {'\r', '\n'});
    }
}
