package com.example.redisrole;

import io.sluice.spi.config.Default;
import io.sluice.spi.config.Description;
import io.sluice.spi.config.Findings;
import io.sluice.spi.health.HealthCommand;
import io.sluice.spi.health.PreparedCommand;
import io.sluice.spi.health.Step;
import io.sluice.spi.health.StepResult;
import io.sluice.spi.health.StepResult.Passed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** {@code { "name": "redis_role_simple" }}: passes when a Redis server says that it is a master. */
public final class RedisRole implements HealthCommand<RedisRole.Config> {

    /**
     * What a definition may say beside the name.
     *
     * @param role the role that the server must have: {@code master}, {@code slave} or {@code sentinel}
     */
    public record Config(@Default("master") @Description("The role that the server must have") String role) {
    }

    @Override
    public String name() {
        return "redis_role_simple";
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public PreparedCommand prepare(Config config, Findings findings) {
        return () -> new RoleStep(config.role());
    }

    /** Asks {@code ROLE}; the answer begins with an array's head, and the role as its first element. */
    private record RoleStep(String wanted) implements Step {

        @Override
        public byte[] opening() {
            return "ROLE\r\n".getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public StepResult examine(ByteBuffer unread, Cause cause) {
            String answer = StandardCharsets.ISO_8859_1.decode(unread.duplicate()).toString();
            String[] lines = answer.split("\r\n", 4);
            if (lines.length > 1 && !lines[0].startsWith("*")) {
                return StepResult.failed("no answer to ROLE; check that the server needs no password");
            }
            if (lines.length < 4) {
                return cause == Cause.BYTES ? StepResult.NEED_MORE : StepResult.failed("the answer to ROLE did not come");
            }
            if (!lines[2].equals(wanted)) {
                return StepResult.failed("the server has another role than " + wanted);
            }
            return new Passed(answer.length() - lines[3].length(), Map.of("role", wanted));
        }
    }
}
