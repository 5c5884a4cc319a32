package io.sluice.plugins.sendexpect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.plugins.sendexpect.ExpectConfig.Match;
import io.sluice.spi.health.PreparedCommand;
import io.sluice.spi.health.Step.Cause;
import io.sluice.spi.health.StepResult;
import io.sluice.testing.commands.Rehearsal;
import io.sluice.testing.config.RecordedFindings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FindingsTest {

    private final RecordedFindings findings = new RecordedFindings();

    @Test
    void sendWritesItsTextAsUtf8AndPasses() {
        PreparedCommand command = send("PING grün\r\n", null);

        assertThat(command.begin().opening()).isEqualTo("PING grün\r\n".getBytes(StandardCharsets.UTF_8));
        for (Cause cause : Cause.values()) {
            assertThat(command.begin().examine(ByteBuffer.allocate(0), cause)).isSameAs(StepResult.PASSED);
        }
        assertThat(findings.lines()).isEmpty();
    }

    @Test
    void aRunCannotSpoilTheBytesOfTheNext() {
        PreparedCommand command = send("PING", null);

        command.begin().opening()[0] = 'X';

        assertThat(command.begin().opening()).isEqualTo("PING".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void sendWritesHex() {
        assertThat(send(null, "00 ff7F  0d0a ").begin().opening()).containsExactly(0, 0xff, 0x7f, 0x0d, 0x0a);
        assertThat(findings.lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+OK", "+OK\r\n", "-ERR unknown", "+PONG", "HTTP/1.1 200 OK", "220 ready"})
    void sendingWhatAServerWouldAnswerIsAccepted(String message) {
        assertThat(send(message, null)).isNotNull();
        assertThat(findings.lines()).singleElement().asString()
                .startsWith("warning: message: \"" + message.substring(0, 3))
                .endsWith(" is what a server would answer (expected: what a client would say)");
        assertThat(findings.hints()).singleElement().asString().contains("expect was probably meant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUIT\r\n", "GET / HTTP/1.1\r\n", "2200", "OK", " +OK"})
    void sendingWhatAClientWouldSayIsNotDoubted(String message) {
        assertThat(send(message, null)).isNotNull();
        assertThat(findings.lines()).isEmpty();
    }

    @Test
    void aSecretIsSentButNotShown() {
        SendConfig config = new SendConfig("AUTH hush\r\n", null, true);
        var outcome = Rehearsal.of(new SendCommand().prepare(config, findings), "").everyWay(Cause.ENDED);

        assertThat(outcome.result()).isSameAs(StepResult.PASSED);
        assertThat(outcome.sent()).containsExactly("AUTH hush\r\n");
        assertThat(outcome.shown()).containsExactly("11 secret bytes");
        assertThat(config.toString()).doesNotContain("hush");
    }

    @Test
    void exactlyOneOfMessageAndHexIsNeeded() {
        assertThat(send("PING", "00")).isNull();
        assertThat(send(null, null)).isNull();
        assertThat(expect("PING", "00", Match.EXACT)).isNull();
        assertThat(expect(null, null, Match.REGEX)).isNull();

        assertThat(findings.lines()).containsExactly(
                "error: hex: given beside message (expected: only one of message and hex)",
                "error: : neither message nor hex is given (expected: one of them)",
                "error: hex: given beside message (expected: only one of message and hex)",
                "error: : neither message nor hex is given (expected: one of them)");
    }

    @Test
    void anEmptyTextIsAPlaceholder() {
        assertThat(send("", null)).isNull();
        assertThat(send(null, "")).isNull();
        assertThat(expect("", null, Match.CONTAINS)).isNull();
        assertThat(expect("", null, Match.REGEX)).isNull();

        assertThat(findings.lines()).containsExactly(
                "error: message: \"\" (expected: at least one byte)",
                "error: hex: \"\" (expected: at least one byte)",
                "error: message: \"\" (expected: at least one byte)",
                "error: message: \"\" (expected: at least one byte)");
        assertThat(findings.hints()).allSatisfy(hint -> assertThat(hint).contains("placeholder"));
    }

    @ParameterizedTest
    @CsvSource({
        "0,       the last digit stands alone",
        "00 0,    the last digit stands alone",
        "0 0,     'character 2 is \" \"'",
        "zz,      'character 1 is \"z\"'",
        "0x50,    'character 2 is \"x\"'",
        "50:49,   'character 3 is \":\"'",
        "'  ',    there are no digits",
        "５0,     'character 1 is \"\\uff15\"'",
    })
    void badHexIsNamed(String hex, String why) {
        assertThat(send(null, hex)).isNull();
        assertThat(findings.lines()).singleElement().asString()
                .startsWith("error: hex: \"").endsWith(": " + why + " (expected: pairs of hexadecimal digits)");
    }

    @Test
    void anExpectationThatCannotFitIsAnError() {
        assertThat(expect("x".repeat(65_536), null, Match.CONTAINS)).isNotNull();
        assertThat(expect("x".repeat(65_537), null, Match.CONTAINS)).isNull();

        assertThat(findings.lines()).containsExactly("error: message: 65537 bytes (expected: at most 65536)");
    }

    @Test
    void aBadPatternIsNamedInTheWordsOfRe2() {
        assertThat(expect("role:(master", null, Match.REGEX)).isNull();
        assertThat(expect("(?=look)", null, Match.REGEX)).isNull();
        assertThat(expect("gr[üu]n", null, Match.REGEX)).isNull();
        assertThat(expect(null, "00", Match.REGEX)).isNull();
        assertThat(expect("((a{100}){100}){10}", null, Match.REGEX)).isNull();

        assertThat(findings.lines()).satisfiesExactly(
                line -> assertThat(line).startsWith("error: message: \"role:(master\": missing closing )"),
                line -> assertThat(line).startsWith("error: message: \"(?=look)\": invalid "),
                line -> assertThat(line).startsWith("error: message: the pattern has \"\\u00fc\" (expected: ASCII"),
                line -> assertThat(line).isEqualTo("error: match: regex with hex (expected: regex with message)"),
                line -> assertThat(line).matches("error: message: .*\\(expected: .*\\)"));
        assertThat(findings.hints().get(2)).isEqualTo("write its UTF-8 bytes: \\xc3\\xbc");
    }

    @Test
    void aPatternThatMatchesNothingAtAllIsDoubted() {
        assertThat(expect("(ok)*", null, Match.REGEX)).isNotNull();
        assertThat(findings.lines()).containsExactly(
                "warning: message: \"(ok)*\" also matches no bytes at all (expected: at least one)");
    }

    @Test
    void withoutAWordAboutItAnywhereWillDo() {
        assertThat(new ExpectConfig("x", null, null, false).match()).isEqualTo(Match.CONTAINS);
    }

    private PreparedCommand send(String message, String hex) {
        return new SendCommand().prepare(new SendConfig(message, hex, false), findings);
    }

    private PreparedCommand expect(String message, String hex, Match match) {
        return new ExpectCommand().prepare(new ExpectConfig(message, hex, match, false), findings);
    }
}
