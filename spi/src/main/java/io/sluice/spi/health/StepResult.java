package io.sluice.spi.health;

import java.util.Map;
import java.util.Objects;

/**
 * What a {@link Step} decided.
 *
 * @since 1.0
 */
public sealed interface StepResult {

    /** The step passed without consuming anything and without facts. */
    StepResult PASSED = new Passed(0, Map.of());

    /** The step waits for more bytes, for the end of the stream, or for its time to be over. */
    StepResult NEED_MORE = new NeedMore();

    /** The step passed. Parameters as for {@link Passed}. */
    static StepResult passed(int consumed) {
        return new Passed(consumed, Map.of());
    }

    /** The step and with it the probe failed. Parameters as for {@link Failed}. */
    static StepResult failed(String reason) {
        return new Failed(reason, -1);
    }

    /**
     * The step passed.
     *
     * @param consumed how many of the unread bytes it used up, from the first
     * @param facts    what it learnt, for those who decide on it ({@code epoch}) and for the transcript
     */
    record Passed(int consumed, Map<String, String> facts) implements StepResult {
        public Passed {
            facts = Map.copyOf(facts);
        }
    }

    /** The step waits. */
    record NeedMore() implements StepResult {
    }

    /**
     * The step goes on after sending: once the bytes are written, it is shown what is unread then, at once, and again as
     * ever.
     *
     * @param consumed how many of the unread bytes it used up, from the first
     * @param bytes    what to send; ownership passes to the kernel
     * @param shown    what the transcript shows instead of the bytes, for a step that sends a password or a proof of
     *                 one: {@code "AUTH app (secret)"}; empty when the bytes may be shown as they are
     */
    record Send(int consumed, byte[] bytes, String shown) implements StepResult {
        public Send {
            Objects.requireNonNull(bytes, "bytes");
            Objects.requireNonNull(shown, "shown");
        }

        /** Sends bytes that anyone may see. */
        public Send(int consumed, byte[] bytes) {
            this(consumed, bytes, "");
        }
    }

    /**
     * The step and with it the probe failed.
     *
     * @param reason   one sentence for people
     * @param differed the index in the unread bytes of the first that is not as expected; -1 when that does not apply
     */
    record Failed(String reason, int differed) implements StepResult {
    }
}
