package io.sluice.testing.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.spi.health.Step;
import io.sluice.spi.health.Step.Cause;
import io.sluice.spi.health.StepResult;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    @Test
    void aStepThatCountsBytesIsTheSameEveryWay() {
        var outcome = Rehearsal.of(() -> (unread, cause) -> unread.remaining() < 4 ? StepResult.NEED_MORE
                : StepResult.passed(4), "abcdef").everyWay(Cause.TIMEOUT);

        assertThat(outcome.result()).isEqualTo(StepResult.passed(4));
    }

    @Test
    void aStepThatTrustsSegmentsIsFoundOut() {
        assertThatThrownBy(() -> Rehearsal.of(() -> (unread, cause) -> unread.remaining() == 0 && cause == Cause.BYTES
                ? StepResult.NEED_MORE : StepResult.passed(unread.remaining()), "abc").everyWay(Cause.ENDED))
                .isInstanceOf(AssertionError.class).hasMessageContaining("in pieces of 1");
    }

    @Test
    void eachAnswerComesAfterWhatWasSentAndSecretsAreNotShown() {
        var outcome = Rehearsal.of(LogsIn::new, "", "ok").everyWay(Cause.ENDED);

        assertThat(outcome.result()).isEqualTo(StepResult.passed(2));
        assertThat(outcome.sent()).containsExactly("pw");
        assertThat(outcome.shown()).containsExactly("(secret)");
    }

    @Test
    void aStepThatSendsForEverIsFoundOut() {
        assertThatThrownBy(() -> Rehearsal.of(() -> (unread, cause) -> new StepResult.Send(0, new byte[1]))
                .everyWay(Cause.ENDED)).isInstanceOf(AssertionError.class).hasMessageContaining("without end");
    }

    private static final class LogsIn implements Step {

        private boolean asked;

        @Override
        public StepResult examine(ByteBuffer unread, Cause cause) {
            if (!asked) {
                asked = true;
                return new StepResult.Send(0, new byte[] {'p', 'w'}, "(secret)");
            }
            return unread.remaining() < 2 ? StepResult.NEED_MORE : StepResult.passed(2);
        }
    }

    @Test
    void anEndlessAnswerEndsAt64KiB() {
        var outcome = Rehearsal.of(() -> (unread, cause) -> cause == Cause.BYTES ? StepResult.NEED_MORE
                : StepResult.failed(cause + " after " + unread.remaining()), "x".repeat(100_000)).everyWay(Cause.TIMEOUT);

        assertThat(outcome.reason()).isEqualTo("ENDED after 65536");
        assertThat(outcome.sent()).isEqualTo(List.of());
    }
}
