package io.sluice.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.problem.Problem;
import io.sluice.spi.config.Default;
import io.sluice.spi.config.OneOrMany;
import io.sluice.spi.config.OrNumber;
import io.sluice.spi.config.Range;
import io.sluice.spi.config.Required;
import io.sluice.spi.config.Shorthand;
import io.sluice.spi.config.Strict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordBinderTest {

    enum Colour { RED, DARK_BLUE }

    record Inner(@Shorthand String word, @Default("7") int times) {
    }

    record Reserved(boolean public_) {
    }

    record Demanding(@Required String must) {
    }

    record Everything(String text, boolean flag, Integer maybe, @Range(min = 1, max = 65535) int port, long big,
            double ratio, @Default("10s") Duration pause, Colour colour, @OneOrMany List<String> names,
            Map<String, Inner> inners, Inner inner, Demanding demanding, ExtensionRef extension) {
    }

    record Checked(int n) {
        Checked {
            if (n == 13) {
                throw new IllegalArgumentException("n: 13 (expected: a number that brings luck)");
            }
        }
    }

    record Picky(@Required List<String> names, int n, Checked inner) {
        Picky {
            if (names.isEmpty()) {
                throw new IllegalArgumentException("names: [] (expected: at least one)");
            }
        }
    }

    record Careless(String word) {
        Careless {
            word = word.strip();
        }
    }

    private final List<Problem> problems = new ArrayList<>();

    @Test
    void aRecordWhoseConstructorFailsIsNoMistakeOfWhoeverWrites() throws BadJson {
        JsonValue json = JsonReader.read("f", "{ }", Optional.empty());
        assertThatThrownBy(() -> RecordBinder.bind(json, Careless.class, problems::add))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the constructor of " + Careless.class.getName() + " failed: java.lang.NullPointerException");
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{ }|names is missing (expected: an array in brackets)",
        "{ \"names\": 5 }|names: 5 (expected: an array in brackets)",
        "{ \"names\": [5] }|names[0]: 5 (expected: a string)",
        "{ \"names\": [\"a\"], \"inner\": { \"n\": 13 } }|inner: n: 13 (expected: a number that brings luck)",
        "{ \"names\": [] }|names: [] (expected: at least one)",
    })
    void aRecordIsHeardOnlyAboutValuesThatAreAsWritten(String text, String message) throws BadJson {
        RecordBinder.bind(JsonReader.read("f", text, Optional.empty()), Picky.class, problems::add);
        assertThat(problems).extracting(Problem::message).containsExactly(message);
    }

    @Test
    void aFieldMayHaveANameThatJavaKeepsToItself() throws BadJson {
        JsonValue json = JsonReader.read("f", "{ \"public\": true }", Optional.empty());

        assertThat(RecordBinder.bind(json, Reserved.class, problems::add).value().public_()).isTrue();
        assertThat(problems).isEmpty();
    }

    @Test
    void allPropertiesAreBound() {
        Everything bound = good("{ \"text\": \"t\", \"flag\": true, \"maybe\": 3, \"port\": 80, \"big\": 5000000000,"
                + " \"ratio\": 0.5, \"pause\": \"500ms\", \"colour\": \"dark_blue\", \"names\": \"one\","
                + " \"inners\": { \"a\": \"x\" }, \"inner\": { \"word\": \"w\", \"times\": 1 },"
                + " \"demanding\": { \"must\": \"m\" }, \"extension\": { \"name\": \"e\", \"more\": 1 } }");
        assertThat(bound.text()).isEqualTo("t");
        assertThat(bound.maybe()).isEqualTo(3);
        assertThat(bound.big()).isEqualTo(5_000_000_000L);
        assertThat(bound.pause()).isEqualTo(Duration.ofMillis(500));
        assertThat(bound.colour()).isEqualTo(Colour.DARK_BLUE);
        assertThat(bound.names()).containsExactly("one");
        assertThat(bound.inners()).containsExactly(Map.entry("a", new Inner("x", 7)));
        assertThat(bound.inner()).isEqualTo(new Inner("w", 1));
        assertThat(bound.extension().name()).isEqualTo("e");
        assertThat(bound.extension().config().members()).containsOnlyKeys("more");
    }

    @Test
    void absentFieldsHaveTheirDefaults() {
        Everything bound = good("{ \"text\": null }");
        assertThat(bound).isEqualTo(new Everything(null, false, null, 0, 0, 0, Duration.ofSeconds(10), null, List.of(),
                Map.of(), new Inner(null, 7), null, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{ \"port\": 0 }|port: 0 (expected: 1 to 65535)|write a number within these bounds",
        "{ \"port\": 70000 }|port: 70000 (expected: 1 to 65535)|write a number within these bounds",
        "{ \"port\": 1.5 }|port: 1.5 (expected: a whole number, 1 to 65535)|write a number within these bounds, without a fraction",
        "{ \"port\": \"80\" }|port: \"80\" (expected: a whole number, 1 to 65535)|remove the quotes",
        "{ \"port\": 1e999999999 }|port: 1E+999999999 (expected: a whole number, 1 to 65535)|write a number within these bounds, without a fraction",
        "{ \"big\": 99999999999999999999 }|big: 99999999999999999999 (expected: -9223372036854775808 to 9223372036854775807)|write a number within these bounds",
        "{ \"flag\": \"true\" }|flag: \"true\" (expected: true or false)|remove the quotes",
        "{ \"flag\": 1 }|flag: 1 (expected: true or false)|write true or false, without quotes",
        "{ \"text\": 5 }|text: 5 (expected: a string)|write it in double quotes",
        "{ \"text\": \"<cert-id>\" }|text: \"<cert-id>\" (expected: a real value; this is a placeholder)|write the value in its place",
        "{ \"names\": [\"\"] }|names[0]: \"\" (expected: a real value; this is a placeholder)|write the value, or remove the empty string",
        "{ \"names\": [\"a\", 5] }|names[1]: 5 (expected: a string)|write it in double quotes",
        "{ \"names\": {} }|names[0]: an object (expected: a string)|write one text in double quotes",
        "{ \"inners\": [] }|inners: an array (expected: an object in braces)|write it as { \"\u2026\": \u2026 }",
        "{ \"inner\": [1] }|inner: an array (expected: a string)|write one text in double quotes",
        "{ \"inner\": { \"times\": true } }|inner.times: true (expected: a whole number)|write a whole number, without quotes",
        "{ \"colour\": \"green\" }|colour: \"green\" (expected: one of red, dark_blue)|write one of them in double quotes",
        "{ \"colour\": \"Dark-Blu\" }|colour: \"Dark-Blu\" (expected: one of red, dark_blue)|did you mean \"dark_blue\"?",
        "{ \"pause\": \"5 parsecs\" }|pause: \"5 parsecs\" (expected: a duration such as \"500ms\", \"10s\", \"5m\", \"1h\", or a number of seconds)|the shortest is 1 ms, the longest 365 days",
        "{ \"pause\": -1 }|pause: -1 (expected: a duration such as \"500ms\", \"10s\", \"5m\", \"1h\", or a number of seconds)|the shortest is 1 ms, the longest 365 days",
        "{ \"pause\": \"0.5ms\" }|pause: \"0.5ms\" (expected: a duration such as \"500ms\", \"10s\", \"5m\", \"1h\", or a number of seconds)|the shortest is 1 ms, the longest 365 days",
        "{ \"pause\": \"366d\" }|pause: \"366d\" (expected: a duration such as \"500ms\", \"10s\", \"5m\", \"1h\", or a number of seconds)|the shortest is 1 ms, the longest 365 days",
        "{ \"demanding\": {} }|demanding.must is missing (expected: a string)|add \"must\": \u2026",
        "{ \"extension\": { \"more\": 1 } }|extension: an object (expected: a name, or { \"name\": \u2026 } with its fields)|add \"name\": \u2026",
        "[]|value: an array (expected: an object in braces)|write its fields in braces: { \"text\": \u2026 }",
    })
    void wrongValuesAreNamedWithTheRule(String text, String message, String hint) {
        Bound<Everything> bound = bind(text, Everything.class);
        assertThat(bound.valid()).isFalse();
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).message()).isEqualTo(message);
        assertThat(problems.get(0).hint()).isEqualTo(hint);
    }

    @Test
    void allMistakesAreFoundInOnePass() {
        bind("{ \"port\": 0, \"flag\": 1, \"names\": [1, 2] }", Everything.class);
        assertThat(problems).hasSize(4);
    }

    @Test
    void unknownFieldIsAWarningWithTheNearestName() {
        Bound<Everything> bound = bind("{ \"prot\": 1 }", Everything.class);
        assertThat(bound.valid()).isTrue();
        assertThat(problems.get(0).isError()).isFalse();
        assertThat(problems.get(0).hint()).isEqualTo("did you mean \"port\"?");
    }

    @Test
    void unknownFieldOfAStrictRecordIsAnError() {
        @Strict
        record Rule(List<String> allowed) {
        }
        Bound<Rule> bound = bind("{ \"alowed\": [] }", Rule.class);
        assertThat(bound.valid()).isFalse();
        assertThat(problems.get(0).isError()).isTrue();
        assertThat(problems.get(0).hint()).isEqualTo("did you mean \"allowed\"?");
    }

    @Test
    void recordMayRejectItsValues() {
        assertThat(bind("{ \"n\": 13 }", Checked.class).valid()).isFalse();
        assertThat(problems.get(0).message()).isEqualTo("n: 13 (expected: a number that brings luck)");
    }

    @Test
    void numberIsTextWhereTheComponentSaysSo() {
        record Version(@OrNumber String least, String most) {
        }

        assertThat(bind("{ \"least\": 771 }", Version.class).value().least()).isEqualTo("771");
        assertThat(bind("{ \"least\": 1.2 }", Version.class).value().least()).isEqualTo("1.2");
        assertThat(problems).isEmpty();
        bind("{ \"least\": true, \"most\": 772 }", Version.class);
        assertThat(problems).extracting(Problem::message)
                .containsExactly("least: true (expected: a string)", "most: 772 (expected: a string)");
    }

    @Test
    void aTagIsNoPlaceholder() {
        record Text(String text) {
        }
        for (String tag : List.of("<policy-file-request/>", "<stream to='a'>", "<a:b>", "<>", "<a><b>")) {
            assertThat(bind("{ \"text\": \"" + tag + "\" }", Text.class).valid()).as(tag).isTrue();
        }
    }

    @Test
    void secretsAreNeverShown() {
        record Safe(int secret, boolean key) {
        }

        bind("{ \"secret\": \"hush\", \"key\": \"-----BEGIN PRIVATE KEY-----\" }", Safe.class);
        assertThat(problems).hasSize(2).allSatisfy(p -> assertThat(p.message()).doesNotContain("hush", "BEGIN"));
    }

    private Everything good(String text) {
        Bound<Everything> bound = bind(text, Everything.class);
        assertThat(problems).isEmpty();
        assertThat(bound.valid()).isTrue();
        return bound.value();
    }

    private <R extends Record> Bound<R> bind(String text, Class<R> type) {
        return RecordBinder.bind(json(text), type, problems::add);
    }

    static JsonValue json(String text) {
        try {
            return JsonReader.read("f.json", text, Optional.empty());
        } catch (BadJson e) {
            throw new IllegalArgumentException(e);
        }
    }
}
