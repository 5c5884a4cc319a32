package com.example.lines;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.spi.health.Step;
import io.sluice.spi.health.Step.Cause;
import io.sluice.spi.health.StepResult;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ExpectLinesTest {

    private static final String BANNER = "220-hello\r\n220 ready\r\nmore";

    @Test
    void twoLinesPassAndWhatFollowsIsLeftHoweverTheyAreCutUp() {
        int end = BANNER.indexOf("more");
        for (int cut = 0; cut <= BANNER.length(); cut++) {
            Step step = step(2);
            StepResult first = look(step, BANNER.substring(0, cut), Cause.BYTES);

            assertThat(first).as("cut at %d", cut)
                    .isEqualTo(cut < end ? StepResult.NEED_MORE : StepResult.passed(end));
            assertThat(look(step, BANNER, Cause.BYTES)).isEqualTo(StepResult.passed(end));
        }
    }

    @Test
    void tooFewLinesFailAtTheEnd() {
        assertThat(look(step(2), "220-hello\r\n220 rea", Cause.ENDED))
                .isEqualTo(StepResult.failed("only 1 of 2 lines came"));
        assertThat(look(step(1), "", Cause.TIMEOUT)).isEqualTo(StepResult.failed("only 0 of 1 lines came"));
    }

    private static Step step(int count) {
        return new ExpectLines().prepare(new ExpectLines.Config(count), null).begin();
    }

    private static StepResult look(Step step, String sent, Cause cause) {
        return step.examine(ByteBuffer.wrap(sent.getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer(), cause);
    }
}
