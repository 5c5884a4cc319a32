package io.sluice.spi.control;

import java.util.List;
import java.util.Map;

/**
 * A counter or gauge with all its samples at one moment.
 *
 * @param name    {@code snake_case}, without prefix; a counter's does not end in {@code total}, a unit stands last
 * @param type    how it moves
 * @param help    one sentence
 * @param samples one for each set of labels
 * @since 1.0
 */
public record Metric(String name, Type type, String help, List<Sample> samples) {

    public Metric {
        samples = List.copyOf(samples);
    }

    /** How a metric moves. */
    public enum Type {
        /** Only upwards. */
        COUNTER,
        /** Up and down. */
        GAUGE
    }

    /**
     * A value.
     *
     * @param labels from {@code service}, {@code target}, {@code listener}, {@code reason}, {@code direction},
     *               {@code plugin}, {@code state}
     */
    public record Sample(Map<String, String> labels, double value) {
        public Sample {
            labels = Map.copyOf(labels);
        }
    }
}
