package io.sluice.kernel.runtime;

import io.sluice.spi.config.Findings;
import io.sluice.spi.health.HealthCommand;
import io.sluice.spi.health.PreparedCommand;
import io.sluice.spi.health.Step;
import io.sluice.spi.health.StepResult;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A health command: sends {@code ?} and wants a line that begins with {@code role}; what follows behind a blank is the
 * fact {@code epoch}.
 */
record Asking() implements HealthCommand<Asking.Config> {

    record Config(String role) {
    }

    @Override
    public String name() {
        return "ask";
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public PreparedCommand prepare(Config config, Findings findings) {
        return new PreparedCommand() {
            @Override
            public Step begin() {
                return new Question(config.role());
            }

            @Override
            public String expectation() {
                return config.role();
            }
        };
    }

    private record Question(String role) implements Step {
        @Override
        public byte[] opening() {
            return new byte[] {'?'};
        }

        @Override
        public StepResult examine(ByteBuffer unread, Cause cause) {
            String seen = StandardCharsets.US_ASCII.decode(unread).toString();
            int end = seen.indexOf('\n');
            if (end < 0) {
                return cause == Cause.BYTES ? StepResult.NEED_MORE : StepResult.failed("no line came");
            }
            String line = seen.substring(0, end);
            if (!line.startsWith(role)) {
                return new StepResult.Failed("it is " + line, 0);
            }
            int blank = line.indexOf(' ');
            return new StepResult.Passed(end + 1, blank < 0 ? Map.of() : Map.of("epoch", line.substring(blank + 1)));
        }
    }
}
