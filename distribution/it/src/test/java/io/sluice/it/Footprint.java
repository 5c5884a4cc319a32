package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a gateway holds after a full collection.
 *
 * @param heap    bytes in use
 * @param classes that are loaded
 */
record Footprint(long heap, long classes) {

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +(\\d+) +(\\d+)");
    private static final Pattern CLASS = Pattern.compile("java\\.lang\\.Class( |$)");
    /** Code that was loaded lazily, and caches, may still come in. */
    private static final long MORE_HEAP = 8L << 20;
    private static final long MORE_CLASSES = 150;

    static Footprint of(long pid) throws IOException, InterruptedException {
        String histogram = Jcmd.of(pid, "GC.class_histogram");
        Matcher total = TOTAL.matcher(histogram);
        assertThat(total.find()).as(histogram).isTrue();
        long classes = histogram.lines().filter(line -> CLASS.matcher(line).find())
                .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[1])).sum();
        return new Footprint(Long.parseLong(total.group(2)), classes);
    }

    void assertNotAbove(Footprint before) {
        assertThat(classes).as("classes").isLessThanOrEqualTo(before.classes + MORE_CLASSES);
        assertThat(heap).as("heap").isLessThanOrEqualTo(before.heap + MORE_HEAP);
    }
}
