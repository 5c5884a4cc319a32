package io.sluice.plugins.smtpbanner;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.spi.health.HealthCommand;
import io.sluice.spi.health.PreparedCommand;
import io.sluice.spi.health.Step.Cause;
import io.sluice.spi.health.StepResult;
import io.sluice.testing.commands.Rehearsal.Outcome;
import io.sluice.testing.commands.Rehearsal;
import io.sluice.testing.config.RecordedFindings;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpBannerTest {

    private final RecordedFindings findings = new RecordedFindings();

    @ParameterizedTest
    @ValueSource(strings = {"220 mail.example.com ESMTP\r\n", "220\r\n", "220 \r\n",
        "220-mail.example.com ESMTP\r\n220-no bulk mail\r\n220 ready\r\n"})
    void aGreetingPassesAndLeaveIsTaken(String greeting) {
        Outcome outcome = Rehearsal.of(prepare(null, null, null), greeting, "221 bye\r\n").everyWay(Cause.ENDED);

        assertThat(outcome.result()).isSameAs(StepResult.PASSED);
        assertThat(outcome.sent()).containsExactly("QUIT\r\n");
    }

    @Test
    void aGreetingMayHaveToContainSomething() {
        String greeting = "220-relay ESMTP\r\n220 gr\u00c3\u00bcn\r\n";

        assertThat(Rehearsal.of(prepare("grün", null, null), greeting, "").everyWay(Cause.ENDED).result())
                .isSameAs(StepResult.PASSED);
        assertThat(Rehearsal.of(prepare("Postfix", null, null), greeting).everyWay(Cause.ENDED).reason())
                .isEqualTo("the greeting \"relay ESMTP\" does not contain \"Postfix\"");
    }

    @Test
    void anExtensionIsLookedForInTheAnswerToEhlo() {
        String answer = "250-mail.example.com STARTTLS\r\n250-SIZE 1000\r\n250-starttls\r\n250 8BITMIME\r\n";
        Outcome offered = Rehearsal.of(prepare(null, "probe", "STARTTLS"), "220 hi\r\n", answer, "221 bye\r\n")
                .everyWay(Cause.ENDED);

        assertThat(offered.result()).isSameAs(StepResult.PASSED);
        assertThat(offered.sent()).containsExactly("EHLO probe\r\n", "QUIT\r\n");
        assertThat(Rehearsal.of(prepare(null, "probe", "STARTTLS"), "220 hi\r\n", "250 mail STARTTLS\r\n")
                .everyWay(Cause.ENDED).reason()).isEqualTo("the server does not offer \"STARTTLS\"");
    }

    static Stream<Arguments> badGreetings() {
        String wrong = "the greeting is not one of SMTP: ";
        return Stream.of(
                Arguments.of("", "the greeting did not come, or not to its end"),
                Arguments.of("220 mail", "the greeting did not come, or not to its end"),
                Arguments.of("220-mail\r\n", "the greeting did not come, or not to its end"),
                Arguments.of("554 no service\r\n", "the greeting is 554 \"no service\" (expected: 220)"),
                Arguments.of("421-busy\r\n421 later\r\n", "the greeting is 421 \"busy\" (expected: 220)"),
                Arguments.of("250 hello\r\n", "the greeting is 250 \"hello\" (expected: 220)"),
                Arguments.of("220 mail\n", wrong + "\"220 mail\\n\""),
                Arguments.of("220mail\r\n", wrong + "\"220mail\\r\\n\""),
                Arguments.of("22\r\n", wrong + "\"22\\r\\n\""),
                Arguments.of("2200 mail\r\n", wrong + "\"2200 mail\\r\\n\""),
                Arguments.of("120 wait\r\n", wrong + "\"120 wait\\r\\n\""),
                Arguments.of("\r\n", wrong + "\"\\r\\n\""),
                Arguments.of("220-a\r\n250 b\r\n", wrong + "\"250 b\\r\\n\""),
                Arguments.of("220 a\0b\r\n", wrong + "\"220 a\\x00b\\r\\n\""),
                Arguments.of("220 a\rb\r\n", wrong + "\"220 a\\rb\\r\\n\""),
                Arguments.of("SSH-2.0-OpenSSH_9\r\n", wrong + "\"SSH-2.0-OpenSSH_9\\r\\n\""),
                Arguments.of("220-x\r\n".repeat(500), wrong + "\"220-x\\r\\n\""),
                Arguments.of("220 " + "x".repeat(2048) + "\r\n", wrong + "\"220 " + "x".repeat(76) + "…\""),
                Arguments.of("220 " + "x".repeat(100_000), wrong + "\"220 " + "x".repeat(76) + "…\""));
    }

    @ParameterizedTest
    @MethodSource("badGreetings")
    void badGreetingsAreNamedHoweverTheyArrive(String greeting, String reason) {
        for (Cause last : new Cause[] {Cause.ENDED, Cause.TIMEOUT}) {
            assertThat(Rehearsal.of(prepare(null, null, null), greeting).everyWay(last).reason()).isEqualTo(reason);
        }
    }

    @Test
    void aRefusedEhloIsNamed() {
        assertThat(Rehearsal.of(prepare(null, "probe", null), "220 hi\r\n", "502 no\r\n").everyWay(Cause.ENDED).reason())
                .isEqualTo("the answer to EHLO is 502 \"no\" (expected: 250)");
        assertThat(Rehearsal.of(prepare(null, "probe", null), "220 hi\r\n", "").everyWay(Cause.ENDED).reason())
                .isEqualTo("the answer to EHLO did not come, or not to its end");
    }

    @Test
    void mistakesInTheDefinitionAreNamed() {
        prepare(null, "probe\r\nRCPT TO:<x>", null);
        prepare(null, null, "STARTTLS");

        assertThat(findings.lines()).containsExactly(
                "error: ehlo: \"probe\\r\\nRCPT TO:<x>\" (expected: a host name or an address literal)",
                "error: extension: \"STARTTLS\" without ehlo (expected: both)");
    }

    @Test
    void theTranscriptSaysWhatIsWanted() {
        assertThat(prepare(null, null, null).expectation()).isEqualTo("220");
        assertThat(prepare("ESMTP", "probe", "STARTTLS").expectation()).isEqualTo("220 ESMTP, then STARTTLS");
    }

    @Test
    void theJarAnnouncesIt() {
        assertThat(ServiceLoader.load(HealthCommand.class)).singleElement().isInstanceOf(SmtpBanner.class);
    }

    private PreparedCommand prepare(String contains, String ehlo, String extension) {
        return new SmtpBanner().prepare(new SmtpBannerConfig(contains, ehlo, extension), findings);
    }
}
