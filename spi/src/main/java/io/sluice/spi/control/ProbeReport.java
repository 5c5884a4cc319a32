package io.sluice.spi.control;

import java.time.Instant;
import java.util.List;

/**
 * How a health conversation went.
 *
 * @param time       when it began
 * @param healthy    whether it passed
 * @param reason     why not; {@code null} when it passed
 * @param durationMs how long it took
 * @param transcript its steps, in order, as far as it came
 * @since 1.0
 */
public record ProbeReport(Instant time, boolean healthy, @Nullable String reason, long durationMs, List<Step> transcript) {

    public ProbeReport {
        transcript = List.copyOf(transcript);
    }

    /**
     * One step. Bytes are escaped: printable ASCII as it is, the rest as {@code \r}, {@code \n} or {@code \xNN}.
     *
     * @param step       the command's name; {@code connect} for the connection and its layers
     * @param sent       what was sent; {@code null} if nothing
     * @param expected   what was waited for, for people; {@code null} if nothing
     * @param received   what had arrived; {@code null} if nothing
     * @param verdict    how it went: {@code passed}, or why not
     * @param durationMs how long it took
     */
    public record Step(String step, @Nullable String sent, @Nullable String expected,
            @Nullable String received, String verdict, long durationMs) {
    }
}
