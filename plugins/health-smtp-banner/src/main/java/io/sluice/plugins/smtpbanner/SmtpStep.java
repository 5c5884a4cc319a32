package io.sluice.plugins.smtpbanner;

import io.sluice.plugins.smtpbanner.Reply.State;
import io.sluice.spi.health.PeerText;
import io.sluice.spi.health.Step;
import io.sluice.spi.health.StepResult;
import io.sluice.spi.health.StepResult.Send;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Greeting, perhaps {@code EHLO}, and {@code QUIT}, whose answer nobody waits for. */
final class SmtpStep implements Step {

    private enum Phase { GREETING, EHLO, QUIT }

    private final SmtpBannerConfig config;
    private Phase phase = Phase.GREETING;

    SmtpStep(SmtpBannerConfig config) {
        this.config = config;
    }

    @Override
    public StepResult examine(ByteBuffer unread, Cause cause) {
        if (phase == Phase.QUIT) {
            return StepResult.PASSED;
        }
        Reply reply = Reply.read(unread);
        String what = phase == Phase.GREETING ? "greeting" : "answer to EHLO";
        int wanted = phase == Phase.GREETING ? 220 : 250;
        if (reply.state() == State.PART) {
            return cause == Cause.BYTES ? StepResult.NEED_MORE
                    : StepResult.failed("the " + what + " did not come, or not to its end");
        }
        if (reply.state() == State.WRONG) {
            return StepResult.failed("the " + what + " is not one of SMTP: " + PeerText.quoted(reply.lines().get(0)));
        }
        if (reply.code() != wanted) {
            return StepResult.failed("the " + what + " is " + reply.code() + " "
                    + PeerText.quoted(reply.lines().get(0)) + " (expected: " + wanted + ")");
        }
        return phase == Phase.GREETING ? greeted(reply) : answered(reply);
    }

    private StepResult greeted(Reply reply) {
        String utf8 = new String(String.join("\n", reply.lines()).getBytes(StandardCharsets.ISO_8859_1),
                StandardCharsets.UTF_8);
        if (config.contains() != null && !utf8.contains(config.contains())) {
            return StepResult.failed("the greeting " + PeerText.quoted(reply.lines().get(0)) + " does not contain "
                    + PeerText.quoted(config.contains()));
        }
        phase = config.ehlo() == null ? Phase.QUIT : Phase.EHLO;
        return send(reply, config.ehlo() == null ? "QUIT" : "EHLO " + config.ehlo());
    }

    private StepResult answered(Reply reply) {
        // the first line is a greeting again (RFC 5321 4.1.1.1)
        if (config.extension() != null && reply.lines().stream().skip(1)
                .noneMatch(line -> keyword(line).equals(keyword(config.extension())))) {
            return StepResult.failed("the server does not offer " + PeerText.quoted(config.extension()));
        }
        phase = Phase.QUIT;
        return send(reply, "QUIT");
    }

    private static String keyword(String line) {
        return line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
    }

    private static StepResult send(Reply reply, String command) {
        return new Send(reply.size(), (command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
