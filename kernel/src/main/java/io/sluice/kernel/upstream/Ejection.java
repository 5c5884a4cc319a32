package io.sluice.kernel.upstream;

import java.time.Duration;

/** A target that is out because connections to it failed. {@link Steering} thread only. */
final class Ejection {

    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private Duration next = FIRST;
    private Object turn;

    boolean isOut() {
        return turn != null;
    }

    /** Takes it out; answers for how long, longer each time until {@link #forgive}. */
    Duration begin() {
        turn = new Object();
        Duration rest = next;
        next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
        return rest;
    }

    /** Stands for this ejection and no later one; {@code null} when there is none. */
    Object turn() {
        return turn;
    }

    void end() {
        turn = null;
    }

    /** A connection succeeded: the next ejection is short again. */
    void forgive() {
        next = FIRST;
    }
}
