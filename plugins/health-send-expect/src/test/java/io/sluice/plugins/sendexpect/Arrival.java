package io.sluice.plugins.sendexpect;

import io.sluice.spi.health.PreparedCommand;
import io.sluice.spi.health.Step;
import io.sluice.spi.health.Step.Cause;
import io.sluice.spi.health.StepResult;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One way in which bytes can arrive at a step: how many there are at each look.
 *
 * @param looks the sizes, growing
 */
record Arrival(List<Integer> looks) {

    /** Whole, byte by byte, and split at every offset; each begins with nothing. */
    static List<Arrival> all(int size) {
        List<Arrival> arrivals = new ArrayList<>();
        arrivals.add(new Arrival(List.of(size)));
        arrivals.add(new Arrival(IntStream.rangeClosed(0, size).boxed().toList()));
        for (int split = 1; split < size; split++) {
            arrivals.add(new Arrival(List.of(0, split, size)));
        }
        return arrivals;
    }

    /** Runs a step until it answers, with {@code last} as the final word. */
    StepResult run(PreparedCommand command, byte[] sent, Cause last) {
        Step step = command.begin();
        for (int look : looks) {
            StepResult result = step.examine(view(sent, look), Cause.BYTES);
            if (!(result instanceof StepResult.NeedMore)) {
                return result;
            }
        }
        return step.examine(view(sent, sent.length), last);
    }

    /** A read-only window that does not begin at the start of its array, as the kernel's may not. */
    private static ByteBuffer view(byte[] sent, int size) {
        byte[] larger = new byte[sent.length + 3];
        System.arraycopy(sent, 0, larger, 3, sent.length);
        return ByteBuffer.wrap(larger, 3, size).asReadOnlyBuffer();
    }
}
