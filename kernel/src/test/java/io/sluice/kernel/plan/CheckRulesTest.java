package io.sluice.kernel.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.config.MaterialFolder;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.config.SettingsReader;
import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often, how long, how many in a row: who has the last word, and what a zero means. */
class CheckRulesTest {

    private String settings = "{}";

    @Test
    void entryHasTheLastWordThenTheServiceThenTheSettings() {
        settings = "{ \"uptime_tests\": { \"config\": { \"time_wait\": 7, \"failure_trigger_sample_size\": 4 } } }";
        assertThat(rules("", "")).isEqualTo(rules(7000, 7000, 5000, 1, 4));
        assertThat(rules("", "\"interval\": \"3s\", \"rise\": 2, \"fall\": 5")).isEqualTo(rules(3000, 3000, 3000, 2, 5));
        assertThat(rules(", \"interval\": \"2s\", \"unhealthy_interval\": 1, \"timeout\": 900, \"rise\": 3, \"fall\": 6",
                "\"interval\": \"3s\", \"rise\": 2, \"fall\": 5")).isEqualTo(rules(2000, 1000, 900, 3, 6));
    }

    @Test
    void settingsMayGiveAllOfThem() {
        settings = "{ \"uptime_tests\": { \"config\": { \"interval\": \"8s\", \"unhealthy_interval\": \"2s\", \"timeout\": 1500,"
                + " \"rise\": 2, \"fall\": 6, \"failure_trigger_sample_size\": 4 } } }";
        assertThat(rules("", "")).isEqualTo(rules(8000, 2000, 1500, 2, 6));
        assertThat(rules("", "\"interval\": \"1s\", \"failure_trigger_sample_size\": 7"))
                .as("a default never exceeds the service's own interval").isEqualTo(rules(1000, 2000, 1000, 2, 7));
    }

    @Test
    void zeroIsTheDefaultInFieldsOfTyks() {
        settings = "{ \"uptime_tests\": { \"config\": { \"time_wait\": 0, \"failure_trigger_sample_size\": 0 } } }";
        assertThat(rules(", \"timeout\": 0, \"time_wait\": 0",
                "\"timeout\": 0, \"time_wait\": 0, \"failure_trigger_sample_size\": 0")).isEqualTo(rules(10_000, 10_000, 5000, 1, 3));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "interval|0|a duration above 0", "interval|\"0s\"|a duration above 0", "unhealthy_interval|0|a duration above 0",
        "rise|0|1 to 1000", "fall|0|1 to 1000", "fall|-1|1 to 1000",
    })
    void zeroIsAMistakeElsewhere(String field, String value, String rule) {
        String message = field + ": " + value + " (expected: " + rule + ")";
        assertThat(plan(", \"" + field + "\": " + value, "").problems()).extracting(Problem::message)
                .containsExactly("uptime_tests.check_list[0]." + message);
        assertThat(plan("", "\"" + field + "\": " + value).problems()).extracting(Problem::message)
                .containsExactly("uptime_tests.config." + message);
    }

    private static CheckPlan.Rules rules(int interval, int unhealthyInterval, int timeout, int rise, int fall) {
        return new CheckPlan.Rules(Duration.ofMillis(interval), Duration.ofMillis(unhealthyInterval),
                Duration.ofMillis(timeout), rise, fall);
    }

    private CheckPlan.Rules rules(String entry, String config) {
        Plan plan = plan(entry, config);
        assertThat(plan.problems()).isEmpty();
        ServicePlan service = plan.services().get("a");
        return service.checks(service.targets().get(0)).get(0).rules();
    }

    private Plan plan(String entry, String config) {
        List<Problem> problems = new ArrayList<>();
        Settings read = SettingsReader.read(parse("sluice.json", settings.replaceFirst("\\}$",
                (settings.length() > 2 ? "," : "") + "\"disable_ports_whitelist\": true }")), problems::add).value();
        RawService raw = new RawService(parse("a.json", "{ \"api_id\": \"a\", \"listen_port\": 7001, \"protocol\": \"plain\","
                + " \"proxy\": { \"target_url\": \"h:1\" }, \"uptime_tests\": { \"check_list\": [ { \"url\": \"h:1\"" + entry
                + " } ], \"config\": { " + config + " } } }"), "a.json", "a");
        return Planner.plan(new PlanInput(read, List.of(raw), Set.of(), problems, Fakes.usual(), Map.of(),
                new MaterialFolder(Path.of("conf")), Instant.now()), null).plan();
    }

    private static JsonObject parse(String file, String text) {
        try {
            return (JsonObject) JsonReader.read(file, text, Optional.empty());
        } catch (BadJson e) {
            throw new IllegalArgumentException(e);
        }
    }
}
