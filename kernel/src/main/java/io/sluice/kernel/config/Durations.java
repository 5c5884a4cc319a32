package io.sluice.kernel.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code "500ms"}, {@code "10s"}, {@code "5m"}, {@code "1h"}, {@code "1d"}. Zero, or 1 ms
 * to 365 days: what is shorter is a slip of the pen, and would ask a machine for a million turns a second.
 */
final class Durations {

    /** What a duration may look like, for messages. */
    static final String RULE = "a duration such as \"500ms\", \"10s\", \"5m\", \"1h\", or a number of seconds";

    /** What else holds for each of them. */
    static final String BOUNDS = "the shortest is 1 ms, the longest 365 days";

    /** The same for the timeouts of probes. */
    static final String PROBE_RULE = "a duration such as \"500ms\" or \"2s\", or a number of milliseconds";

    private static final Pattern TEXT = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ms|s|m|h|d)");
    private static final Map<String, Long> NANOS = Map.of("ms", 1_000_000L, "s", 1_000_000_000L,
            "m", 60_000_000_000L, "h", 3_600_000_000_000L, "d", 86_400_000_000_000L);
    private static final BigDecimal SHORTEST = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Duration.ofDays(365).toNanos());
    private static final BigDecimal TYK_NANOSECONDS = BigDecimal.valueOf(1_000_000);

    private Durations() {
    }

    static Optional<Duration> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches() ? of(new BigDecimal(matcher.group(1)), NANOS.get(matcher.group(2))) : Optional.empty();
    }

    static Optional<Duration> ofSeconds(BigDecimal seconds) {
        return of(seconds, NANOS.get("s"));
    }

    /** A number in a probe's timeout: milliseconds, from 1,000,000 up nanoseconds. */
    static Optional<Duration> ofProbeTimeout(BigDecimal number) {
        return number.compareTo(TYK_NANOSECONDS) >= 0 ? of(number, 1) : of(number, NANOS.get("ms"));
    }

    private static Optional<Duration> of(BigDecimal number, long nanos) {
        if (number.precision() - number.scale() > 30 || number.scale() > 100) {
            return Optional.empty();
        }
        BigDecimal total = number.multiply(BigDecimal.valueOf(nanos));
        if (total.signum() != 0 && total.compareTo(SHORTEST) < 0 || total.compareTo(LONGEST) > 0) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(total.longValue()));
    }
}
