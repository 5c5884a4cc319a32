package io.sluice.plugins.sendexpect;

import io.sluice.spi.config.Findings;
import io.sluice.spi.health.HealthCommand;
import io.sluice.spi.health.PreparedCommand;
import io.sluice.spi.health.Step;
import io.sluice.spi.health.StepResult;
import java.nio.ByteBuffer;
import java.util.List;

/** {@code { "name": "send", "message": "PING\r\n" }}: passes as soon as the bytes are written. */
public final class SendCommand implements HealthCommand<SendConfig> {

    /** How servers begin their answers: Redis and POP3, Redis, HTTP, SMTP and FTP. */
    private static final List<String> ANSWERS = List.of("+OK", "-ERR", "+PONG", "HTTP/1.", "220 ");

    @Override
    public String name() {
        return "send";
    }

    @Override
    public Class<SendConfig> configType() {
        return SendConfig.class;
    }

    @Override
    public PreparedCommand prepare(SendConfig config, Findings findings) {
        if (config.message() != null && !config.secret() && ANSWERS.stream().anyMatch(config.message()::startsWith)) {
            findings.warning("message", Quoted.of(config.message())
                    + " is what a server would answer (expected: what a client would say)",
                    "expect was probably meant: { \"name\": \"expect\", \"message\": … }");
        }
        return Payload.read(config.message(), config.hex(), findings)
                .<PreparedCommand>map(bytes -> config.secret() ? () -> new SecretStep(bytes) : () -> new SendStep(bytes))
                .orElse(null);
    }

    private record SendStep(byte[] bytes) implements Step {

        @Override
        public byte[] opening() {
            return bytes.clone();
        }

        @Override
        public StepResult examine(ByteBuffer unread, Cause cause) {
            return StepResult.PASSED;
        }
    }

    /** Sends after its first look, as only then it can say what to show instead. */
    private static final class SecretStep implements Step {

        private final byte[] bytes;
        private boolean sent;

        SecretStep(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public StepResult examine(ByteBuffer unread, Cause cause) {
            if (sent) {
                return StepResult.PASSED;
            }
            sent = true;
            return new StepResult.Send(0, bytes.clone(), bytes.length + " secret bytes");
        }
    }
}
