package com.example.lines;

import io.sluice.spi.config.Default;
import io.sluice.spi.config.Description;
import io.sluice.spi.config.Findings;
import io.sluice.spi.config.Range;
import io.sluice.spi.health.HealthCommand;
import io.sluice.spi.health.PreparedCommand;
import io.sluice.spi.health.Step;
import io.sluice.spi.health.StepResult;
import java.nio.ByteBuffer;

/** {@code { "name": "expect_lines", "count": 2 }}: waits for so many whole lines, whatever they say. */
public final class ExpectLines implements HealthCommand<ExpectLines.Config> {

    /**
     * What a definition may say beside the name.
     *
     * @param count how many lines
     */
    public record Config(@Default("1") @Range(min = 1, max = 1000) @Description("How many lines") int count) {
    }

    @Override
    public String name() {
        return "expect_lines";
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
                return (unread, cause) -> examine(unread, cause, config.count());
            }

            @Override
            public String expectation() {
                return config.count() + " lines";
            }
        };
    }

    private static StepResult examine(ByteBuffer unread, Step.Cause cause, int wanted) {
        int lines = 0;
        for (int i = 0; i < unread.remaining(); i++) {
            if (unread.get(unread.position() + i) == '\n' && ++lines == wanted) {
                return StepResult.passed(i + 1);
            }
        }
        return cause == Step.Cause.BYTES ? StepResult.NEED_MORE
                : StepResult.failed("only " + lines + " of " + wanted + " lines came");
    }
}
