package io.sluice.spi.control;

import java.time.Instant;
import java.util.List;

/**
 * How a conversation went that was tried without saving it.
 *
 * @param time       when it began
 * @param healthy    whether it passed
 * @param reason     why not; {@code null} when it passed
 * @param durationMs how long it took
 * @param transcript its steps, in order, as far as it came
 * @param problems   what is doubtful about the check itself: unknown keys of a command, say
 * @since 1.0
 */
public record ConversationReport(Instant time, boolean healthy, @Nullable String reason, long durationMs,
        List<ProbeReport.Step> transcript, List<Problem> problems) {

    public ConversationReport {
        transcript = List.copyOf(transcript);
        problems = List.copyOf(problems);
    }

    /** A report, with what is doubtful about its check. */
    public static ConversationReport of(ProbeReport report, List<Problem> problems) {
        return new ConversationReport(report.time(), report.healthy(), report.reason(), report.durationMs(),
                report.transcript(), problems);
    }
}
