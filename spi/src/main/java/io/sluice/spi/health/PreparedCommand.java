package io.sluice.spi.health;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One entry of a conversation, ready to be run any number of times. Immutable and thread-safe.
 *
 * @since 1.0
 */
@ConsumerType
public interface PreparedCommand {

    /** Begins one run. Called once per probe that reaches this step, on a probe thread; must not block. */
    Step begin();

    /** What the step wants to see, for the transcript: the message of an {@code expect}; empty for a {@code send}. */
    default String expectation() {
        return "";
    }
}
