package io.sluice.plugins.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.spi.admin.AdminRequest;
import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.admin.AdminRoute;
import io.sluice.spi.admin.AdminRoute.Access;
import io.sluice.spi.control.ControlRefused;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusMetricsTest {

    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final Pattern SERIES = Pattern.compile(
            "sluice_[a-z0-9_]+(\\{([a-z]+=\"([^\"\\\\\\n]|\\\\[\\\\n\"])*\",?)+})? (-?[0-9.E]+|NaN|[+-]Inf)");

    @Test
    void aScrapeShowsCountersAndTheStateOfTheMoment() throws Exception {
        assertThat(scrape(new FakeGateway(1, "redis"), "").lines()).contains(
                "# HELP sluice_relayed_bytes_total Bytes \\\\ relayed\\nof \"ended\" ones.",
                "# TYPE sluice_relayed_bytes_total counter",
                "sluice_relayed_bytes_total{service=\"redis0\",direction=\"from_client\"} 1000000000000000",
                "# TYPE sluice_uptime_seconds gauge",
                "sluice_uptime_seconds 3600",
                "sluice_plan_revision 7",
                "sluice_problems{state=\"error\"} 1",
                "sluice_problems{state=\"warning\"} 2",
                "sluice_listener_open{listener=\"127.0.0.1:6379\"} 1",
                "sluice_listener_open{listener=\"127.0.0.1:6380\"} 0",
                "sluice_target_health{service=\"redis0\",target=\"t0\",state=\"up\"} 1",
                "sluice_target_health{service=\"redis0\",target=\"t1\",state=\"down\"} 1",
                "sluice_target_connections{service=\"redis0\",target=\"t1\"} 1",
                "sluice_plugin_state{plugin=\"protocol-tcp\",state=\"active\"} 1",
                "sluice_plugin_state{plugin=\"protocol-tcp\",state=\"draining\"} 2",
                "sluice_certificate_expiry_timestamp_seconds{service=\"redis0\"} 1900000000")
                .noneMatch(line -> line.startsWith("# EOF"));
    }

    @Test
    void openMetricsDescribesACounterWithoutItsSuffixAndEndsWithAMark() throws Exception {
        String text = scrape(new FakeGateway(1, "redis"), "application/openmetrics-text");

        assertThat(text.lines()).contains(
                "# HELP sluice_relayed_bytes Bytes \\\\ relayed\\nof \\\"ended\\\" ones.",
                "# TYPE sluice_relayed_bytes counter",
                "sluice_relayed_bytes_total{service=\"redis0\",direction=\"to_client\"} 0");
        assertThat(text).endsWith("\n# EOF\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "''|" + TEXT,
        "*/*|" + TEXT,
        "text/plain|" + TEXT,
        "application/openmetrics-text|" + OPEN_METRICS,
        "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2|" + OPEN_METRICS,
        "application/openmetrics-text;q=0.2, text/plain;q=0.3|" + TEXT,
        "application/openmetrics-text;q=0|" + TEXT,
        "application/openmetrics-text;q=junk|" + TEXT,
        ";;,,=|" + TEXT,
    })
    void theFormatIsTheOneThatIsAskedFor(String accept, String contentType) throws Exception {
        assertThat(get(new FakeGateway(1, "a"), accept).headers()).containsEntry("content-type", contentType);
    }

    @Test
    void theKeyIsNeededUnlessTheSettingsSayOtherwise() {
        assertThat(route(false, new FakeGateway(1, "a")).access()).isEqualTo(Access.KEY);
        assertThat(route(true, new FakeGateway(1, "a")).access()).isEqualTo(Access.PUBLIC);
    }

    @Test
    void everyLineIsASeriesOrADescriptionWhateverNamesSay() throws Exception {
        String hostile = "a\"b\\c\nd} 1\n\ud800x\ud83d\ude00";

        String text = scrape(new FakeGateway(2, hostile), "");

        assertThat(text.lines()).allMatch(line -> line.startsWith("# HELP sluice_") || line.startsWith("# TYPE sluice_")
                || SERIES.matcher(line).matches());
        assertThat(text).contains("service=\"a\\\"b\\\\c\\nd} 1\\n\ufffdx\ud83d\ude000\"");
    }

    @Test
    void noSeriesAppearsTwiceAndNoMetricIsDescribedTwice() throws Exception {
        List<String> lines = scrape(new FakeGateway(50, "s"), "").lines().map(line -> line.replaceFirst(" [^ ]+$", "")).toList();

        Set<String> seen = new HashSet<>();
        assertThat(lines.stream().filter(line -> !line.startsWith("# HELP")).filter(line -> !seen.add(line))).isEmpty();
    }

    @Test
    void promtoolHasNothingToSay(@TempDir Path folder) throws Exception {
        assumeTrue(Arrays.stream(System.getenv("PATH").split(":")).anyMatch(p -> Files.isExecutable(Path.of(p, "promtool"))),
                "promtool is not installed");
        Path out = folder.resolve("out");
        Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                .redirectErrorStream(true).redirectOutput(out.toFile()).start();
        try (OutputStream in = promtool.getOutputStream()) {
            in.write(scrape(new FakeGateway(3, "redis"), "").getBytes(StandardCharsets.UTF_8));
        }

        assertThat(promtool.waitFor()).as(Files.readString(out)).isZero();
        assertThat(out).isEmptyFile();
    }

    private static AdminRoute route(boolean open, FakeGateway gateway) {
        List<AdminRoute> routes = new PrometheusMetrics().mount(new MetricsConfig(open), gateway);
        assertThat(routes).hasSize(1);
        assertThat(routes.get(0).method() + " " + routes.get(0).path()).isEqualTo("GET /metrics");
        return routes.get(0);
    }

    private static AdminResponse get(FakeGateway gateway, String accept) throws ControlRefused {
        Map<String, List<String>> headers = accept.isEmpty() ? Map.of() : Map.of("accept", List.of(accept));
        return route(false, gateway).handler()
                .handle(new AdminRequest("GET", "/metrics", Map.of(), Map.of(), headers, new byte[0]));
    }

    private static String scrape(FakeGateway gateway, String accept) throws ControlRefused, IOException {
        AdminResponse response = get(gateway, accept);
        assertThat(response.status()).isEqualTo(200);
        return new String(((AdminResponse.Content) response.body()).bytes(), StandardCharsets.UTF_8);
    }
}
