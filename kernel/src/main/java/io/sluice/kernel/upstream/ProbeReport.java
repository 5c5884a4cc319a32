package io.sluice.kernel.upstream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How one probe went.
 *
 * @param check      which check of the service: {@code check_list[0]}, {@code default_check}
 * @param time       when it began
 * @param healthy    whether it passed
 * @param reason     why not, one sentence; empty if it passed
 * @param duration   from its start to its end
 * @param transcript step by step, the connection first
 * @param facts      what its commands learnt, {@code epoch} for example
 */
public record ProbeReport(String check, Instant time, boolean healthy, String reason, Duration duration,
        List<Entry> transcript, Map<String, String> facts) {

    public ProbeReport {
        transcript = List.copyOf(transcript);
        facts = Map.copyOf(facts);
    }

    /**
     * One step.
     *
     * @param step        the command's name, or {@code connect}
     * @param sent        the bytes that went out, cut at a bound
     * @param expected    what the step wanted to see; empty if nothing
     * @param received    the bytes that it looked at, cut at a bound
     * @param differed    the index in {@code received} of the first byte that is not as expected; -1 if that does not
     *                    apply
     * @param passed      whether it passed
     * @param verdict     {@code passed}, or why not
     * @param duration    how long it took
     */
    public record Entry(String step, byte[] sent, String expected, byte[] received, int differed, boolean passed,
            String verdict, Duration duration) {
    }
}
