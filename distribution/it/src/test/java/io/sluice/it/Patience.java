package io.sluice.it;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * How long something may take whose duration is not what is tested: a machine may be busy, and stand still for seconds.
 * Whoever waits for what comes at once waits no longer for it.
 */
final class Patience {

    static final Duration LIMIT = Duration.ofMinutes(3);

    private Patience() {
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(LIMIT);
    }

    static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(LIMIT);
    }
}
