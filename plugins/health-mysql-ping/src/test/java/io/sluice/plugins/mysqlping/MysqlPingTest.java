package io.sluice.plugins.mysqlping;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.spi.health.HealthCommand;
import io.sluice.spi.health.PreparedCommand;
import io.sluice.spi.health.Step.Cause;
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
import org.junit.jupiter.params.provider.MethodSource;

class MysqlPingTest {

    private static final String OK = packet(2, "\0\0\0\u0002\0\0\0");
    private static final String PONG = packet(1, "\0\0\0\u0002\0\0\0");
    private static final String PING = packet(0, "\u000e");
    private static final String QUIT = packet(0, "\u0001");

    private final RecordedFindings findings = new RecordedFindings();

    @Test
    void aGreetingIsEnoughWithoutAUser() {
        String greeting = greeting("8.4.6", "caching_sha2_password");

        Outcome outcome = Rehearsal.of(prepare(null, "8.4"), greeting + "more").everyWay(Cause.ENDED);

        assertThat(outcome.result()).isEqualTo(new Passed(greeting.length(), Map.of("version", "8.4.6")));
        assertThat(outcome.sent()).isEmpty();
    }

    @Test
    void aUserLogsInPingsAndLeaves() {
        Outcome outcome = Rehearsal.of(prepare("probe", null), greeting("11.8.3-MariaDB", "mysql_native_password"), OK,
                PONG, "").everyWay(Cause.ENDED);

        assertThat(outcome.result()).isEqualTo(new Passed(0, Map.of("version", "11.8.3-MariaDB")));
        assertThat(outcome.sent()).containsExactly(packet(1, "\0\u0082\u0008\0\0\0\0\u0001\u0021" + "\0".repeat(23)
                + "probe\0\0mysql_native_password\0"), PING, QUIT);
    }

    @Test
    void anotherWayToLogInIsTakenWithoutAPassword() {
        assertThat(Rehearsal.of(prepare("probe", null), greeting("8.4.6", "caching_sha2_password"),
                packet(2, "\u00femysql_native_password\0" + "x".repeat(20) + "\0"), packet(4, "\0\0\0"), PONG, "")
                .everyWay(Cause.ENDED).sent()).contains(packet(3, ""), PING, QUIT);
        assertThat(Rehearsal.of(prepare("probe", null), greeting("8.0.1", "mysql_native_password"),
                packet(2, "\u00fecaching_sha2_password\0" + "x".repeat(20) + "\0"), packet(4, "\0\0\0"), PONG, "")
                .everyWay(Cause.ENDED).sent()).contains(packet(3, "\0"), PING, QUIT);
    }

    @Test
    void aGreetingWithoutNamedPluginsIsAnsweredWithoutOne() {
        String old = packet(0, "\n5.1.73\0" + "iiii" + "challeng\0" + "\0\u0082" + "!" + "\0\0" + "\0\0" + "\0"
                + "\0".repeat(10) + "challenge123\0");

        assertThat(Rehearsal.of(prepare("probe", null), old, OK, PONG, "").everyWay(Cause.ENDED).sent()).startsWith(
                packet(1, "\0\u0082\0\0\0\0\0\u0001\u0021" + "\0".repeat(23) + "probe\0\0"));
    }

    static Stream<Arguments> badGreetings() {
        String wrong = "the greeting is not one of MySQL";
        String late = "the greeting did not come, or not to its end";
        String early = "the greeting ends too early";
        return Stream.of(
                Arguments.of("", late),
                Arguments.of("\u0010\0\0", late),
                Arguments.of("\u0010\0\0\0\n8.4", late),
                Arguments.of(packet(0, ""), wrong),
                Arguments.of("\u00ff\u00ff\u00ff\0" + "x".repeat(70_000), wrong),
                Arguments.of("\u0001\u0010\0\0", wrong),
                Arguments.of(packet(1, "\n8.4\0"), wrong),
                Arguments.of("HTTP/1.1 400 Bad Request\r\n", wrong),
                Arguments.of("SSH-2.0-OpenSSH_9\r\n", wrong),
                Arguments.of(packet(0, "\u0009old\0"), "protocol version 9 (expected: 10)"),
                Arguments.of(packet(0, "\0\0\0"), "protocol version 0 (expected: 10)"),
                Arguments.of(packet(0, "\n"), early),
                Arguments.of(packet(0, "\n\0"), early),
                Arguments.of(packet(0, "\n" + "8".repeat(4095)), early),
                Arguments.of(packet(0, "\n8.4\0" + "x".repeat(20)), early),
                // says that a plugin's name follows, and ends
                Arguments.of(packet(0, "\n8.4\0" + "x".repeat(13) + "\0\u0082" + "xxx" + "\u0008\0" + "\u00ff"
                        + "x".repeat(10) + "short"), early),
                Arguments.of(packet(0, "\u00ff\u0069\u0004Host '10.0.0.9' is blocked"),
                        "error 1129: \"Host '10.0.0.9' is blocked\""),
                Arguments.of(packet(0, "\u00ff\u0010\u0004#08004Too many connections"),
                        "error 1040: \"Too many connections\""),
                Arguments.of(packet(0, "\u00ff\u0010"), "an error without a number came"),
                Arguments.of(packet(0, "\u00ff\u0010\u0004#080"), "error 1040: \"#080\""),
                Arguments.of(packet(0, "\u00ff\u0010\u0004\0\n"), "error 1040: \"\\x00\\n\""),
                Arguments.of(greeting("5.7.44", "mysql_native_password"),
                        "the version is \"5.7.44\" (expected: one with \"8.4\")"));
    }

    @ParameterizedTest
    @MethodSource("badGreetings")
    void badGreetingsAreNamedHoweverTheyArrive(String greeting, String reason) {
        for (Cause last : new Cause[] {Cause.ENDED, Cause.TIMEOUT}) {
            assertThat(Rehearsal.of(prepare(null, "8.4"), greeting).everyWay(last).reason()).isEqualTo(reason);
        }
    }

    static Stream<Arguments> badAnswers() {
        return Stream.of(
                Arguments.of("", "the answer to the login did not come, or not to its end"),
                Arguments.of(packet(2, "\u00ff\u0015\u0004#28000Access denied"), "error 1045: \"Access denied\""),
                Arguments.of(packet(2, "\u0001\u0004"),
                        "the answer to the login begins with byte 1 (expected: 0; the account must have no password)"),
                Arguments.of(packet(0, "\0\0\0"), "the answer to the login is not one of MySQL"));
    }

    @ParameterizedTest
    @MethodSource("badAnswers")
    void refusedLoginsAreNamed(String answer, String reason) {
        assertThat(Rehearsal.of(prepare("probe", null), greeting("8.4.6", "caching_sha2_password"), answer)
                .everyWay(Cause.ENDED).reason()).isEqualTo(reason);
    }

    @Test
    void aServerThatOffersOneLoginAfterTheOtherIsNotFollowed() {
        String other = "\u00femysql_native_password\0" + "x".repeat(20) + "\0";
        assertThat(Rehearsal.of(prepare("probe", null), greeting("8.4.6", "caching_sha2_password"), packet(2, other),
                packet(4, other)).everyWay(Cause.ENDED).reason())
                .startsWith("the answer to the login begins with byte 254");
    }

    @Test
    void aPingThatIsNotAnsweredWithOkFails() {
        assertThat(Rehearsal.of(prepare("probe", null), greeting("8.4.6", "caching_sha2_password"), OK,
                packet(1, "\u0005")).everyWay(Cause.ENDED).reason())
                .isEqualTo("the answer to the ping begins with byte 5 (expected: 0)");
    }

    @Test
    void aServerOfAnotherAgeCannotLogAnyoneIn() {
        String ancient = packet(0, "\n4.0\0" + "x".repeat(13) + "\0\0" + "xxx" + "\0\0" + "\0" + "x".repeat(10));

        assertThat(Rehearsal.of(prepare("probe", null), ancient).everyWay(Cause.ENDED).reason())
                .isEqualTo("the server is older than MySQL 4.1: no login is possible");
    }

    @Test
    void mistakesInTheDefinitionAreNamed() {
        prepare("probe\0root", null);

        assertThat(findings.lines()).containsExactly(
                "error: user: \"probe\\x00root\" (expected: 1 to 80 printable ASCII characters)");
    }

    @Test
    void theTranscriptSaysWhatIsWanted() {
        assertThat(prepare(null, null).expectation()).isEqualTo("a greeting");
        assertThat(prepare("probe", "8.4").expectation()).isEqualTo("a greeting of 8.4, a login and a ping");
    }

    @Test
    void theJarAnnouncesIt() {
        assertThat(ServiceLoader.load(HealthCommand.class)).singleElement().isInstanceOf(MysqlPing.class);
    }

    private PreparedCommand prepare(String user, String version) {
        return new MysqlPing().prepare(new MysqlPingConfig(user, version), findings);
    }

    private static String greeting(String version, String plugin) {
        return packet(0, "\n" + version + "\0" + "iiii" + "challeng\0" + "\u0000\u0082" + "\u00ff" + "\u0002\0"
                + "\u0008\0" + "\u0015" + "\0".repeat(10) + "challenge123\0" + plugin + "\0");
    }

    private static String packet(int sequence, String payload) {
        return "" + (char) (payload.length() & 0xff) + (char) (payload.length() >> 8) + "\0" + (char) sequence + payload;
    }
}
