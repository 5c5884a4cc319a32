package io.sluice.plugins.prometheus;

import io.sluice.spi.control.Metric;
import io.sluice.spi.control.Metric.Sample;
import java.util.List;
import java.util.Map;

/**
 * The two text formats: Prometheus text 0.0.4 and OpenMetrics 1.0. They differ in the name that a counter is described
 * by, in what is escaped in a description, and in the mark at the end.
 */
enum Exposition {

    TEXT("text/plain; version=0.0.4; charset=utf-8"),
    OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

    private static final String PREFIX = "sluice_";
    private static final String COUNTER = "_total";
    /** In this order, whatever the order of a map is: a series reads the same in every scrape. */
    private static final List<String> LABELS =
            List.of("service", "target", "listener", "plugin", "reason", "direction", "state");
    private static final double LARGEST_WHOLE = 1L << 53;

    private final String contentType;

    Exposition(String contentType) {
        this.contentType = contentType;
    }

    /** OpenMetrics where it is asked for at least as much as plain text, else plain text. */
    static Exposition accepted(List<String> accept) {
        double open = 0;
        double text = 0;
        for (String header : accept) {
            for (String range : header.split(",")) {
                String type = range.split(";", 2)[0].strip();
                if (type.equalsIgnoreCase("application/openmetrics-text")) {
                    open = Math.max(open, weight(range));
                } else if (type.equalsIgnoreCase("text/plain") || type.equals("text/*")) {
                    text = Math.max(text, weight(range));
                }
            }
        }
        return open > 0 && open >= text ? OPEN_METRICS : TEXT;
    }

    private static double weight(String range) {
        for (String parameter : range.split(";")) {
            String stripped = parameter.strip();
            if (stripped.startsWith("q=")) {
                try {
                    return Double.parseDouble(stripped.substring(2));
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }

    String contentType() {
        return contentType;
    }

    String write(List<Metric> metrics) {
        StringBuilder out = new StringBuilder(64 * 1024);
        metrics.forEach(metric -> write(metric, out));
        return out.append(this == OPEN_METRICS ? "# EOF\n" : "").toString();
    }

    private void write(Metric metric, StringBuilder out) {
        boolean counter = metric.type() == Metric.Type.COUNTER;
        String series = PREFIX + metric.name() + (counter ? COUNTER : "");
        String family = this == OPEN_METRICS ? PREFIX + metric.name() : series;
        out.append("# HELP ").append(family).append(' ');
        escape(metric.help(), this == OPEN_METRICS, out);
        out.append("\n# TYPE ").append(family).append(counter ? " counter\n" : " gauge\n");
        for (Sample sample : metric.samples()) {
            out.append(series);
            labels(sample.labels(), out);
            out.append(' ');
            number(sample.value(), out);
            out.append('\n');
        }
    }

    private static void labels(Map<String, String> labels, StringBuilder out) {
        char before = '{';
        for (String name : LABELS) {
            String value = labels.get(name);
            if (value != null) {
                out.append(before).append(name).append("=\"");
                escape(value, true, out);
                out.append('"');
                before = ',';
            }
        }
        out.append(before == '{' ? "" : "}");
    }

    private static void escape(String text, boolean quotes, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '"' -> out.append(quotes ? "\\\"" : "\"");
                default -> out.append(Character.isSurrogate(c) && !isPaired(text, i) ? '\ufffd' : c);
            }
        }
    }

    private static boolean isPaired(String text, int at) {
        char c = text.charAt(at);
        return Character.isHighSurrogate(c) ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }

    private static void number(double value, StringBuilder out) {
        if (value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE) {
            out.append((long) value);
        } else if (Double.isInfinite(value)) {
            out.append(value > 0 ? "+Inf" : "-Inf");
        } else {
            out.append(value);
        }
    }
}
