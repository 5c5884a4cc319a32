package io.sluice.spi.discovery;

import java.util.Objects;

/**
 * A target that was found. The kernel checks it by the rules of {@code target_list}; one that breaks them is left out,
 * and a problem says so.
 *
 * @param address  {@code host:port}, {@code [v6]:port} or {@code scheme://host:port}; without a scheme it gets that of
 *                 the service's static targets, else {@code tcp}
 * @param weight   0 to 1,000,000; 0 parks it
 * @param priority 0 to 1,000,000; the lowest number with a healthy member is used
 * @since 1.0
 */
public record FoundTarget(String address, int weight, int priority) {

    public FoundTarget {
        Objects.requireNonNull(address, "address");
    }

    /** A target of weight 1 and priority 0. */
    public static FoundTarget at(String address) {
        return new FoundTarget(address, 1, 0);
    }
}
