package io.sluice.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.JsonString;
import io.sluice.kernel.json.JsonValue.Member;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindingsSinkTest {

    private static final Place OBJECT = new Place("redis.json", 1, 1, "");
    private static final Place LIST = new Place("redis.json", 2, 18, "/allowed_ips");
    private static final Place SECOND = new Place("redis.json", 2, 32, "/allowed_ips/1");

    private final List<Problem> problems = new ArrayList<>();
    private final FindingsSink findings = new FindingsSink(new JsonObject(OBJECT, Map.of("allowed_ips",
            new Member(LIST, new JsonArray(LIST, List.of(
                    new JsonString(LIST, "10.0.0.1", "10.0.0.1"), new JsonString(SECOND, "x", "x")))))), problems::add, problem -> { }, moment -> { });

    @Test
    void theMessageNamesTheFieldAndThePlaceIsThatOfItsValue() {
        findings.error("allowed_ips[1]", "\"x\" (expected: an IP address)", "correct it");
        findings.warning("allowed_ips", "short (expected: more)", "list more");

        assertThat(problems).containsExactly(
                Problem.error("bad_value", SECOND, "allowed_ips[1]: \"x\" (expected: an IP address)", "correct it"),
                Problem.warning("doubtful_value", LIST, "allowed_ips: short (expected: more)", "list more"));
    }

    @Test
    void aFindingAboutTheWholeObjectStandsForItselfAndHasANextStep() {
        findings.error("", "nothing is given (expected: something)", "");

        assertThat(problems).containsExactly(
                Problem.error("bad_value", OBJECT, "nothing is given (expected: something)", "correct the value, or remove it"));
    }

    @Test
    void anAuthorWhoNamesTheFieldDoesNotHearItTwice() {
        findings.error("allowed_ips", "allowed_ips: empty (expected: an address)", "");

        assertThat(problems).extracting(Problem::message).containsExactly("allowed_ips: empty (expected: an address)");
    }

    @Test
    void anEntryOfAMapIsFoundByItsQuotedKey() {
        Place entry = new Place("redis.json", 3, 9, "/pins/*.a.example");
        JsonObject pins = new JsonObject(LIST, Map.of("*.a.example", new Member(entry, new JsonString(entry, "x", "x"))));
        new FindingsSink(new JsonObject(OBJECT, Map.of("pins", new Member(LIST, pins))), problems::add, problem -> { }, moment -> { })
                .error("pins[\"*.a.example\"]", "\"x\" (expected: a pin)", "write one");

        assertThat(problems).containsExactly(
                Problem.error("bad_value", entry, "pins[\"*.a.example\"]: \"x\" (expected: a pin)", "write one"));
    }

    @Test
    void aFieldThatIsNotThereIsPlacedAtTheNearestThingAroundIt() {
        findings.error("allowed_ips[7].port", "0 (expected: 1 to 65535)", "");

        assertThat(problems).extracting(Problem::place).containsExactly(LIST);
    }
}
