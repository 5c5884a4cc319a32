package io.sluice.plugins.httpget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.plugins.httpget.HttpGetConfig.Statuses;
import io.sluice.spi.health.HealthCommand;
import io.sluice.spi.health.PreparedCommand;
import io.sluice.spi.health.Step.Cause;
import io.sluice.spi.health.StepResult.Failed;
import io.sluice.spi.health.StepResult.Passed;
import io.sluice.testing.commands.Rehearsal.Outcome;
import io.sluice.testing.commands.Rehearsal;
import io.sluice.testing.config.RecordedFindings;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HttpGetTest {

    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n";

    private final RecordedFindings findings = new RecordedFindings();

    @Test
    void theRequestNamesPathAndHost() {
        Outcome outcome = Rehearsal.of(prepare("/health?deep=1", "www.example.com:8080", null, null), HEAD)
                .everyWay(Cause.ENDED);

        assertThat(outcome.sent()).singleElement().asString().startsWith(
                "GET /health?deep=1 HTTP/1.0\r\nHost: www.example.com:8080\r\n").endsWith("Connection: close\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({"200,,", "399,,", "204,204,", "503,500,503", "200,200,299"})
    void aStatusInTheRangePassesAtTheEndOfTheHeaders(int status, Integer from, Integer to) {
        String head = "HTTP/1.0 " + status + "\r\n\r\n";

        assertThat(Rehearsal.of(prepare("/", "a", new Statuses(from, to), null), head + "body").everyWay(Cause.ENDED)
                .result()).isEqualTo(new Passed(head.length(), Map.of("status", String.valueOf(status))));
    }

    @ParameterizedTest
    @CsvSource({"199,,,200 to 399", "400,,,200 to 399", "200,204,,204", "504,500,503,500 to 503"})
    void anotherStatusFailsWithoutWaitingForTheRest(int status, Integer from, Integer to, String rule) {
        assertThat(Rehearsal.of(prepare("/", "a", new Statuses(from, to), null), "HTTP/1.1 " + status + " x\r\n")
                .everyWay(Cause.TIMEOUT).result())
                .isEqualTo(new Failed("the status is " + status + " (expected: " + rule + ")", 9));
    }

    @Test
    void aTextIsLookedForInTheBodyAlone() {
        PreparedCommand command = prepare("/", "a", null, "grün");
        String body = "ist gr\u00c3\u00bcn.";

        assertThat(Rehearsal.of(command, HEAD + body).everyWay(Cause.ENDED).result())
                .isEqualTo(new Passed(HEAD.length() + body.length() - 1, Map.of("status", "200")));
        assertThat(Rehearsal.of(command, "HTTP/1.1 200 gr\u00c3\u00bcn\r\nX: gr\u00c3\u00bcn\r\n\r\n" + "rot")
                .everyWay(Cause.ENDED).reason())
                .isEqualTo("\"gr\\xc3\\xbcn\" did not come in the first 3 bytes of the body");
    }

    static Stream<Arguments> badAnswers() {
        String wrong = "the answer is not one of HTTP: ";
        return Stream.of(
                Arguments.of("", "no answer came"),
                Arguments.of("HTTP/1.1 200 OK", "no answer came"),
                Arguments.of("HTTP/1.1 200 OK\r\nX: y\r\n", "the headers did not come to their end"),
                Arguments.of("HTTP/1.1 200 OK\n", wrong + "\"HTTP/1.1 200 OK\\n\""),
                Arguments.of("HTTP/2 200 OK\r\n", wrong + "\"HTTP/2 200 OK\\r\\n\""),
                Arguments.of("HTTP/1.1 2000\r\n", wrong + "\"HTTP/1.1 2000\\r\\n\""),
                Arguments.of("HTTP/1.1 -20 x\r\n", wrong + "\"HTTP/1.1 -20 x\\r\\n\""),
                Arguments.of("HTTP/1.1 200 O\0K\r\n", wrong + "\"HTTP/1.1 200 O\\x00K\\r\\n\""),
                Arguments.of("ICY 200 OK\r\n", wrong + "\"ICY 200 OK\\r\\n\""),
                Arguments.of("<html>\n", wrong + "\"<html>\\n\""),
                Arguments.of("\0\u0001\u00ff\n", wrong + "\"\\x00\\x01\\xff\\n\""),
                Arguments.of("\n", wrong + "\"\\n\""),
                Arguments.of("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(20_000), "the headers do not end within 32 KiB"),
                Arguments.of("HTTP/1.1 200 OK\r\nX: " + "y".repeat(40_000) + "\r\n\r\n",
                        "the headers do not end within 32 KiB"),
                Arguments.of("x".repeat(1025), wrong + "\"" + "x".repeat(80) + "…\""),
                Arguments.of(HEAD + "x".repeat(100_000),
                        "\"ready\" did not come in the first " + (65_536 - HEAD.length()) + " bytes of the body"));
    }

    @ParameterizedTest
    @MethodSource("badAnswers")
    void badAnswersAreNamedHoweverTheyArrive(String answer, String reason) {
        for (Cause last : new Cause[] {Cause.ENDED, Cause.TIMEOUT}) {
            assertThat(Rehearsal.of(prepare("/", "a", null, "ready"), answer).everyWay(last).reason()).isEqualTo(reason);
        }
    }

    @Test
    void mistakesInTheDefinitionAreNamed() {
        prepare("health", "a", null, null);
        prepare("/a b\r\nX: y", "a", null, null);
        prepare("/", "a\r\nX: y", null, "");

        assertThat(findings.lines()).containsExactly(
                "error: path: \"health\" (expected: a path that starts with /, without spaces)",
                "error: path: \"/a b\\r\\nX: y\" (expected: a path that starts with /, without spaces)",
                "error: host: \"a\\r\\nX: y\" (expected: a host name, perhaps with a port)",
                "error: contains: \"\" (expected: at least one character)");
        assertThatThrownBy(() -> new Statuses(300, 200)).hasMessage("300 to 200 (expected: the lower one first)");
    }

    @Test
    void theTranscriptSaysWhatIsWanted() {
        assertThat(prepare("/", "a", new Statuses(204, null), "ok").expectation()).isEqualTo("status 204, body ok");
    }

    @Test
    void theJarAnnouncesIt() {
        assertThat(ServiceLoader.load(HealthCommand.class)).singleElement().isInstanceOf(HttpGet.class);
    }

    private PreparedCommand prepare(String path, String host, Statuses status, String contains) {
        return new HttpGet().prepare(new HttpGetConfig(path, host, status == null ? new Statuses(null, null) : status,
                contains), findings);
    }
}
