package io.sluice.kernel.discovery;

import java.time.Duration;

/**
 * Times of asking.
 *
 * @param firstRetry    pause after a first failure
 * @param leastPause    shortest pause after a success
 * @param greatestPause longest pause after a success
 * @param deadline      when an attempt is interrupted
 * @param grace         how long after that the lookup is closed
 */
record DiscoveryRules(Duration firstRetry, Duration leastPause, Duration greatestPause, Duration deadline,
        Duration grace) {

    static final DiscoveryRules STANDARD = new DiscoveryRules(Duration.ofSeconds(1), Duration.ofMillis(500),
            Duration.ofDays(1), Duration.ofSeconds(30), Duration.ofSeconds(5));

    /** The pause after an answer. */
    Duration afterAnswer(Duration validFor) {
        return validFor.compareTo(leastPause) < 0 ? leastPause
                : validFor.compareTo(greatestPause) > 0 ? greatestPause : validFor;
    }

    /** The pause after so many failures in a row. */
    Duration afterFailures(int failures, Duration refresh) {
        Duration longest = refresh.compareTo(firstRetry) < 0 ? firstRetry
                : refresh.compareTo(greatestPause) > 0 ? greatestPause : refresh;
        Duration pause = firstRetry.multipliedBy(1L << Math.min(failures - 1, 20));
        return pause.compareTo(longest) > 0 ? longest : pause;
    }
}
