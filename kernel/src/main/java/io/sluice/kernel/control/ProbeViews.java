package io.sluice.kernel.control;

import io.sluice.kernel.upstream.ProbeReport;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Probes as operators see them. */
final class ProbeViews {

    private ProbeViews() {
    }

    static io.sluice.spi.control.ProbeReport of(ProbeReport report) {
        List<io.sluice.spi.control.ProbeReport.Step> steps = report.transcript().stream().map(entry ->
                new io.sluice.spi.control.ProbeReport.Step(entry.step(), escaped(entry.sent()),
                        entry.expected().isEmpty() ? null : entry.expected(), escaped(entry.received()), entry.verdict(),
                        entry.duration().toMillis())).toList();
        return new io.sluice.spi.control.ProbeReport(report.time(), report.healthy(),
                report.reason().isEmpty() ? null : report.reason(), report.duration().toMillis(), steps);
    }

    /** Printable ASCII as it is, the rest as escapes; {@code null} for nothing. */
    static String escaped(byte[] bytes) {
        if (bytes == null || bytes.length == 0) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (char c : new String(bytes, StandardCharsets.ISO_8859_1).toCharArray()) {
            switch (c) {
                case '\r' -> text.append("\\r");
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                case '\\' -> text.append("\\\\");
                default -> text.append(c >= 0x20 && c < 0x7f ? String.valueOf(c) : String.format("\\x%02x", (int) c));
            }
        }
        return text.toString();
    }
}
