package io.sluice.plugins.postgresrole;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.plugins.postgresrole.PostgresRoleConfig.Role;
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

class PostgresRoleTest {

    private static final String LET_IN = message('R', "\0\0\0\0");
    private static final String READY = message('Z', "I");
    private static final String STARTED = LET_IN + message('S', "server_version\00018.0\0")
            + message('N', "SWARNING\0C01000\0Mhello\0\0") + message('K', "aaaabbbb") + READY;
    private static final String PRIMARY = row("\0\0\0\u0001f" + "\0\0\0\u00080000000A");
    private static final String STANDBY = row("\0\0\0\u0001t" + "\u00ff\u00ff\u00ff\u00ff");
    private static final String MD5_OF_HUSH = "md51314d1051232e3ff2faca2dc8da12d96";
    private static final String LEAVE = "X\0\0\0\u0004";

    private final RecordedFindings findings = new RecordedFindings();

    @Test
    void aPrimaryPassesAndItsTimelineIsTheEpoch() {
        Outcome outcome = Rehearsal.of(command(Role.PRIMARY, null), STARTED, PRIMARY, "").everyWay(Cause.ENDED);

        assertThat(outcome.result()).isEqualTo(new Passed(0, Map.of("role", "primary", "epoch", "10")));
        assertThat(outcome.sent()).hasSize(3);
        assertThat(outcome.sent().get(0)).isEqualTo("\0\0\0\u0045\0\u0003\0\0user\0probe\0database\0postgres\0"
                + "application_name\0sluice-health\0\0");
        assertThat(outcome.sent().get(1)).startsWith("Q\0\0\0").contains("pg_is_in_recovery()").endsWith("\0");
        assertThat(outcome.sent().get(2)).isEqualTo(LEAVE);
    }

    @Test
    void aStandbyFailsWhereAPrimaryIsWantedAndTheOtherWayRound() {
        assertThat(Rehearsal.of(command(Role.PRIMARY, null), STARTED, STANDBY).everyWay(Cause.ENDED).reason())
                .isEqualTo("the server is a standby (expected: a primary)");
        assertThat(Rehearsal.of(command(Role.STANDBY, null), STARTED, PRIMARY).everyWay(Cause.ENDED).reason())
                .isEqualTo("the server is a primary (expected: a standby)");
        assertThat(Rehearsal.of(command(Role.STANDBY, null), STARTED, STANDBY, "").everyWay(Cause.ENDED).result())
                .isEqualTo(new Passed(0, Map.of("role", "standby")));
    }

    @Test
    void aPasswordIsSentButNotShown() {
        Outcome outcome = Rehearsal.of(command(Role.PRIMARY, "hush"), message('R', "\0\0\0\u0003"), STARTED, PRIMARY, "")
                .everyWay(Cause.ENDED);

        assertThat(outcome.result()).isInstanceOf(Passed.class);
        assertThat(outcome.sent().get(1)).isEqualTo("p\0\0\0\u0009hush\0");
        assertThat(outcome.shown().get(1)).isEqualTo("password (secret)");
        assertThat(new PostgresRoleConfig(Role.PRIMARY, "probe", "hush", "postgres").toString()).doesNotContain("hush");
    }

    @Test
    void md5IsSaltedTwice() {
        Outcome outcome = Rehearsal.of(command(Role.PRIMARY, "hush"), message('R', "\0\0\0\u0005\u0001\u00fe\u0003\u0004"),
                STARTED, PRIMARY, "").everyWay(Cause.ENDED);

        assertThat(outcome.result()).isInstanceOf(Passed.class);
        assertThat(outcome.sent().get(1)).isEqualTo("p\0\0\0\u0028" + MD5_OF_HUSH + "\0");
        assertThat(outcome.shown().get(1)).isEqualTo("password as MD5 (secret)");
    }

    static Stream<Arguments> answersThatFail() {
        String wrong = "the answer is not one of PostgreSQL";
        String noEnd = "the login did not come to its end";
        return Stream.of(
                Arguments.of("", "no answer to the startup message came"),
                Arguments.of("R\0\0", "no answer to the startup message came"),
                Arguments.of("R\0\0\0\u0008\0\0", "no answer to the startup message came"),
                Arguments.of("HTTP/1.1 400 Bad Request\r\n", wrong),
                Arguments.of("\0\0\0\0\0\0", wrong),
                Arguments.of("R\u00ff\u00ff\u00ff\u00ff", wrong),
                Arguments.of("R\u007f\u00ff\u00ff\u00ff", wrong),
                Arguments.of("R\0\0\0\u0003", wrong),
                Arguments.of("R\0\0\u0040\u0001", wrong),
                Arguments.of(message('R', "\0\0"), "a request to log in ends too early"),
                Arguments.of(message('E', "SFATAL\0C57P03\0Mthe database system is starting up\0\0"),
                        "error 57P03: \"the database system is starting up\""),
                Arguments.of(message('E', "SFATAL\0C28P01\0M" + "x".repeat(5000) + "\0\0"),
                        "error 28P01: \"" + "x".repeat(80) + "…\""),
                Arguments.of(message('E', ""), "an error without a code came"),
                Arguments.of(message('E', "C<b>\0M\0\0"), "an error without a code came"),
                Arguments.of(message('R', "\0\0\0\u0003"),
                        "the server asks for a password (expected: none, as the check has none)"),
                Arguments.of(message('R', "\0\0\0\nSCRAM-SHA-256\0\0"),
                        "the server asks for a password (expected: none, as the check has none)"),
                Arguments.of(message('Z', "I"), "the server is ready before the login"),
                Arguments.of(message('D', "\0\0"), "a row came that nobody asked for"),
                Arguments.of(LET_IN + LET_IN, "a second login is asked for"),
                Arguments.of(LET_IN, "the server did not become ready"),
                Arguments.of(LET_IN + "\0", "a message makes no sense"),
                Arguments.of(message('N', "x"), noEnd),
                Arguments.of(message('N', "x".repeat(100)).repeat(1000), noEnd));
    }

    @ParameterizedTest
    @MethodSource("answersThatFail")
    void badAnswersAreNamedHoweverTheyArrive(String answer, String reason) {
        for (Cause last : new Cause[] {Cause.ENDED, Cause.TIMEOUT}) {
            assertThat(Rehearsal.of(command(Role.PRIMARY, null), answer).everyWay(last).reason()).isEqualTo(reason);
        }
    }

    static Stream<Arguments> loginsThatFail() {
        return Stream.of(
                Arguments.of("\0\0\0\u0005abc", "a request to log in with MD5 has no salt of four bytes"),
                Arguments.of("\0\0\0\u0005abcde", "a request to log in with MD5 has no salt of four bytes"),
                Arguments.of("\0\0\0\u0007", "the server asks for a login of kind 7 (expected: a password, MD5 or"
                        + " SCRAM-SHA-256)"),
                Arguments.of("\u00ff\u00ff\u00ff\u00ff", "the server asks for a login of kind -1 (expected: a password,"
                        + " MD5 or SCRAM-SHA-256)"),
                Arguments.of("\0\0\0\n", "the server offers no SCRAM-SHA-256"),
                Arguments.of("\0\0\0\nSCRAM-SHA-256-PLUS\0\0", "the server offers no SCRAM-SHA-256"),
                Arguments.of("\0\0\0\u000br=x,s=AAAA,i=1", "the server's challenge is not one of SCRAM-SHA-256"),
                Arguments.of("\0\0\0\u000cv=AAAA", "the server asks for a login of kind 12 (expected: a password, MD5 or"
                        + " SCRAM-SHA-256)"));
    }

    @ParameterizedTest
    @MethodSource("loginsThatFail")
    void badRequestsToLogInAreNamed(String request, String reason) {
        assertThat(Rehearsal.of(command(Role.PRIMARY, "hush"), message('R', request)).everyWay(Cause.ENDED).reason())
                .isEqualTo(reason);
    }

    @Test
    void aServerThatLetsInWithoutItsHalfOfScramIsFoundOut() {
        Rehearsal rehearsal = Rehearsal.of(command(Role.PRIMARY, "hush"), message('R', "\0\0\0\nSCRAM-SHA-256\0\0"),
                STARTED);

        // the nonce differs each time, and so does what is sent
        assertThat(rehearsal.whole(Cause.ENDED).reason())
                .isEqualTo("the server lets in without proof that it knows the password");
        assertThat(rehearsal.whole(Cause.ENDED).sent().get(1)).startsWith("p\0\0\0" + "6SCRAM-SHA-256\0\0\0\0\u0020n,,n=,r=");
    }

    static Stream<Arguments> rowsThatFail() {
        String senseless = "the answer to the question for its role makes no sense";
        return Stream.of(
                Arguments.of(READY, "the answer to the question for its role is empty"),
                Arguments.of(row(""), senseless),
                Arguments.of(message('D', ""), senseless),
                Arguments.of(message('D', "\0\u0001\0\0\0\u0001t"), senseless),
                Arguments.of(row("\0\0\0\u0001f" + "\u00ff\u00ff\u00ff\u00ff"), senseless),
                Arguments.of(row("\0\0\0\u0001f" + "\0\0\0\u0008XXXXXXXX"), senseless),
                Arguments.of(row("\0\0\0\u0001f" + "\u007f\u00ff\u00ff\u00ff0000000A"), senseless),
                Arguments.of(row("\0\0\0\u0001x" + "\0\0\0\u00080000000A"), senseless),
                Arguments.of(row("\0\0\0\u0001t" + "\u00ff\u00ff\u00ff\u00ff" + "more"), senseless),
                Arguments.of(message('D', "\0\u0002\0\0\0\u0001t\u00ff\u00ff\u00ff\u00ff").repeat(2),
                        "a row came that nobody asked for"),
                Arguments.of(message('E', "C42883\0Mno function pg_walfile_name\0\0"),
                        "error 42883: \"no function pg_walfile_name\""),
                Arguments.of("", "no answer to the question for its role came"));
    }

    @ParameterizedTest
    @MethodSource("rowsThatFail")
    void badRowsAreNamed(String rows, String reason) {
        assertThat(Rehearsal.of(command(Role.PRIMARY, null), STARTED, rows).everyWay(Cause.ENDED).reason())
                .isEqualTo(reason);
    }

    @Test
    void mistakesInTheDefinitionAreNamed() {
        new PostgresRole().prepare(new PostgresRoleConfig(Role.PRIMARY, "", "", "a\0b"), findings);
        new PostgresRole().prepare(new PostgresRoleConfig(Role.PRIMARY, "probe", "a\0b", "postgres"), findings);

        assertThat(findings.lines()).containsExactly(
                "error: user: \"\" (expected: 1 to 255 characters, none of them NUL)",
                "error: database: \"a\\x00b\" (expected: 1 to 255 characters, none of them NUL)",
                "error: password: empty (expected: at least one character)",
                "error: password: it holds a NUL (expected: none)");
    }

    @Test
    void theTranscriptSaysWhatIsWanted() {
        assertThat(command(Role.STANDBY, null).expectation()).isEqualTo("standby");
    }

    @Test
    void theJarAnnouncesIt() {
        assertThat(ServiceLoader.load(HealthCommand.class)).singleElement().isInstanceOf(PostgresRole.class);
    }

    private PreparedCommand command(Role role, String password) {
        return new PostgresRole().prepare(new PostgresRoleConfig(role, "probe", password, "postgres"), findings);
    }

    private static String row(String columns) {
        return message('T', "\0\u0002columns") + message('D', "\0\u0002" + columns) + message('C', "SELECT 1\0") + READY;
    }

    private static String message(char type, String body) {
        int length = body.length() + 4;
        return "" + type + "\0\0" + (char) (length >> 8) + (char) (length & 0xff) + body;
    }
}
