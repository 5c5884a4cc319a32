package io.sluice.kernel.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.JsonString;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonReaderTest {

    @Test
    void everyValueKnowsItsPlace() throws BadJson {
        JsonObject root = (JsonObject) read("{\n  \"a\": [ 1,\n \"x\" ], // why\n  \"b/c\": { \"d\": true, },\n}");
        assertThat(root.get("a").place()).isEqualTo(new Place("f.json", 2, 8, "/a"));
        assertThat(((JsonArray) root.get("a")).elements().get(1).place()).isEqualTo(new Place("f.json", 3, 2, "/a/1"));
        assertThat(root.members().get("b/c").keyPlace()).isEqualTo(new Place("f.json", 4, 3, "/b~1c"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{ \u201Ca\u201D: 1 }|1|3|typographic quote \u201C (expected: a straight quote \")",
        "{ \"a\": \u201Cb\u201D }|1|8|typographic quote \u201C (expected: a straight quote \")",
        "{ \"a\": \u201Eb\u201C }|1|8|typographic quote \u201E (expected: a straight quote \")",
        "{ ... }|1|3|... is a placeholder (expected: JSON)",
        "{ \"a\": ... }|1|8|... is a placeholder (expected: JSON)",
        "{ \u2026 }|1|3|... is a placeholder (expected: JSON)",
        "[ { \"url\": \"x\" }, \"commands\": [] ]|1|19|\"commands\" stands in an array, outside its object (expected: inside the braces of the entry before it)",
        "{ 'a': 1 }|1|3|single quote ' (expected: a straight quote \")",
        "{ \"a\": 1 \"b\": 2 }|1|10|a comma is missing before \" (expected: , or a closing bracket)",
        "{ \"a\": 1, \"a\": 2 }|1|11|\"a\" stands here a second time (expected: once; first in line 1)",
        "{ \"a\": {|1|9|the file ends too early: the bracket of line 1, column 8 is still open (expected: })",
        "{ \"a\": [ 1|1|11|the file ends too early: the bracket of line 1, column 8 is still open (expected: ])",
        "{ \"a\": \"b|1|10|the file ends too early: within a text in quotes (expected: a closing quote)",
        "{ \"a\": 1 } x|1|12|more text after the end of the JSON value: x (expected: nothing)",
        "{ \"a\": 1 }} x|1|11|more text after the end of the JSON value: } (expected: nothing)",
        "{ \"a\": 1 },|1|11|more text after the end of the JSON value: , (expected: nothing)",
        "{ \"a\": 1 }␀|1|11|more text after the end of the JSON value: control character U+0000 (expected: nothing)",
        "{} {}|1|4|more text after the end of the JSON value: { (expected: nothing)",
        "{ \"a\": 7␀ }|1|9|unexpected control character U+0000 (expected: a name in double quotes, a value or })",
        "{ \"a\": \"b␀\" }|1|10|control character U+0000 stands within a text in quotes (expected: \\u0000)",
        "{ \"a\": \"b\tc\" }|1|10|a tab stands within a text in quotes (expected: \\t)",
        "{ \"a\": \"b\\q\" }|1|11|\\q in a text (expected: one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX)",
        "{ \"a\": True }|1|8|True without quotes (expected: a value)",
        "{ \"a\": NaN }|1|8|NaN without quotes (expected: a value)",
        "{ \"a\": tcp }|1|8|tcp without quotes (expected: a value)",
        "{ a: 1 }|1|3|a without quotes (expected: a name in double quotes, or })",
        "{ \"a\" = 1 }|1|7|unexpected = (expected: a colon between a name and its value)",
        "{ \"a\": 0x1F }|1|9|unexpected x in a number (expected: digits, without + or 0 in front, as in 6379 or 0.5)",
        "{ \"a\": 07 }|1|9|unexpected 7 in a number (expected: digits, without + or 0 in front, as in 6379 or 0.5)",
        "{ \"a\": +7 }|1|8|unexpected + in a number (expected: digits, without + or 0 in front, as in 6379 or 0.5)",
        "# no|1|1|the text begins with # (expected: { or [)",
        "-----BEGIN CERTIFICATE-----|1|1|the text begins with - (expected: { or [)",
        "name: n|1|1|the text begins with n (expected: { or [)",
    })
    void mistakesAreNamedWhereTheyStand(String text, int line, int column, String message) {
        Problem problem = problem(text.replace('␀', '\0'));
        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.place().line()).isEqualTo(line);
        assertThat(problem.place().column()).isEqualTo(column);
        assertThat(problem.hint()).isNotEmpty();
    }

    @Test
    void lineEndWithinATextIsNamedWhereItStands() {
        assertThat(problem("{ \"a\": \"b\nc\" }").message())
                .isEqualTo("a line ends within a text in quotes (expected: a closing quote, or \\n)");
        assertThat(problem("{ \"a\": \"b\nc\" }").place().line()).isEqualTo(1);
    }

    @Test
    void whatDoesNotEndTheReadingIsFoundToTheEnd() {
        BadJson bad = catchThrowableOfType(BadJson.class, () -> JsonReader.read("f",
                "{ \"a\": \"${A}\", \"b\": [\"${B}\"], \"a\": 1, \"c\": nope }", Optional.of(Map.of())));
        assertThat(bad.problems()).extracting(Problem::code)
                .containsExactly("variable", "variable", "duplicate_key", "json_syntax");
    }

    @Test
    void everyPrefixOfADefinitionIsRefusedWithoutAFault() {
        String text = "{ \"a\": [ 1, true, null, \"x\\u00e9\" ], \"b\": { \"c\": -1.5e3 } }";
        for (int i = 0; i < text.length(); i++) {
            assertThat(problem(text.substring(0, i)).message()).as("prefix of %d", i).isNotEmpty();
        }
    }

    @Test
    void emptyFileIsNamed() {
        assertThat(problem(" \n").message()).isEqualTo("the file is empty (expected: JSON)");
    }

    @Test
    void bodyOfARequestIsNotCalledAFile() {
        for (String text : new String[] {"", " \n", "// nothing", "{ \"a\": [", "{ \"a\": \"b"}) {
            Problem problem = catchThrowableOfType(BadJson.class, () -> JsonReader.read("", text, Optional.empty())).problem();
            assertThat(problem.message()).as(text).startsWith("the body ");
            assertThat(problem.hint()).as(text).isNotEmpty().doesNotContain("file");
        }
    }

    @Test
    void thousandLevelsAreRefused() {
        assertThat(problem("[".repeat(1000) + "]".repeat(1000)).message())
                .isEqualTo("nested or written too large (expected: at most 64 levels)");
    }

    @Test
    void hugeTextIsRefusedUnread() {
        assertThat(problem("[" + "0,".repeat(5_000_000) + "0]").message()).contains("expected: at most 4194304");
    }

    @Test
    void variablesAreExpandedOnlyWhereAnEnvironmentIsGiven() throws BadJson {
        String text = "[ \"${A}-${B:-b}-$${C}\" ]";
        assertThat(first(JsonReader.read("f", text, Optional.of(Map.of("A", "a"))))).isEqualTo("a-b-${C}");
        assertThat(first(JsonReader.read("f", text, Optional.empty()))).isEqualTo("${A}-${B:-b}-$${C}");
    }

    @Test
    void variableThatIsNotSetIsAnError() {
        BadJson bad = catchThrowableOfType(BadJson.class, () -> JsonReader.read("f", "[\"${A}\"]", Optional.of(Map.of())));
        assertThat(bad.problem().message()).isEqualTo("${A} is not set (expected: an environment variable)");
    }

    private static String first(JsonValue array) {
        return ((JsonString) ((JsonArray) array).elements().get(0)).text();
    }

    private static JsonValue read(String text) throws BadJson {
        return JsonReader.read("f.json", text, Optional.empty());
    }

    private static Problem problem(String text) {
        BadJson bad = catchThrowableOfType(BadJson.class, () -> read(text));
        assertThat(bad).as(text.length() > 100 ? "long text" : text).isNotNull();
        return bad.problem();
    }
}
