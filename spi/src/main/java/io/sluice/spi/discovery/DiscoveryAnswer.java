package io.sluice.spi.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What a {@link TargetLookup} found.
 *
 * @param targets  all targets, in the order in which they are to be listed, at most 10,000 (what exceeds that is left
 *                 out, and a problem says so). Entries for the same address add up their weights, as in
 *                 {@code target_list}
 * @param validFor when to ask again; taken as 500 ms if it is shorter, and as a day if longer
 * @since 1.0
 */
public record DiscoveryAnswer(List<FoundTarget> targets, Duration validFor) {

    public DiscoveryAnswer {
        targets = List.copyOf(targets);
        Objects.requireNonNull(validFor, "validFor");
    }
}
