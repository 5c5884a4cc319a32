package io.sluice.plugins.redisrole;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.plugins.redisrole.RedisRoleConfig.Role;
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
import org.junit.jupiter.params.provider.MethodSource;

class RedisRoleTest {

    private static final String ASKED = "PING\r\nINFO replication\r\n";
    private static final String MASTER = "+PONG\r\n" + bulk("# Replication\r\nrole:master\r\nconnected_slaves:1\r\n"
            + "slave0:ip=10.0.0.2,port=6379,state=online,offset=42,lag=0\r\nmaster_repl_offset:42\r\n");
    private static final String REPLICA = replica("up");

    private final RecordedFindings findings = new RecordedFindings();

    @Test
    void aMasterPassesAndLeavesWhatFollows() {
        Outcome outcome = Rehearsal.of(command(Role.MASTER, false), MASTER + "+more\r\n").everyWay(Cause.ENDED);

        assertThat(outcome.result()).isEqualTo(new Passed(MASTER.length(), Map.of("role", "master", "offset", "42")));
        assertThat(outcome.sent()).containsExactly(ASKED);
    }

    @Test
    void aReplicaFailsWhereAMasterIsWantedAndTheOtherWayRound() {
        Failed replica = (Failed) Rehearsal.of(command(Role.MASTER, false), REPLICA).everyWay(Cause.ENDED).result();
        Failed master = (Failed) Rehearsal.of(command(Role.REPLICA, false), MASTER).everyWay(Cause.ENDED).result();

        assertThat(replica.reason()).isEqualTo("the server is a replica (expected: a master)");
        assertThat(REPLICA.substring(replica.differed())).startsWith("slave\r\n");
        assertThat(master.reason()).isEqualTo("the server is a master (expected: a replica)");
    }

    @Test
    void aReplicaMayHaveToBeConnected() {
        PreparedCommand command = command(Role.REPLICA, true);

        assertThat(command.expectation()).isEqualTo("replica with its link up");
        assertThat(Rehearsal.of(command, REPLICA).everyWay(Cause.ENDED).result()).isInstanceOf(Passed.class);
        assertThat(Rehearsal.of(command, replica("down")).everyWay(Cause.ENDED).reason())
                .isEqualTo("the replica's link to its master is not up");
        assertThat(Rehearsal.of(command(Role.REPLICA, false), replica("down")).everyWay(Cause.ENDED).result())
                .isInstanceOf(Passed.class);
    }

    @Test
    void passwordsAreSentButNotShown() {
        Outcome outcome = Rehearsal.of(prepare(new RedisRoleConfig(Role.MASTER, false, "app", "s3crèt\r\n")),
                "", "+OK\r\n", MASTER).everyWay(Cause.ENDED);

        assertThat(outcome.result()).isInstanceOf(Passed.class);
        assertThat(outcome.sent()).containsExactly(
                "*3\r\n$4\r\nAUTH\r\n$3\r\napp\r\n$9\r\ns3cr\u00c3\u00a8t\r\n\r\n", ASKED);
        assertThat(outcome.shown()).containsExactly("AUTH app (secret)", ASKED);
        assertThat(new RedisRoleConfig(Role.MASTER, false, "app", "s3crèt").toString()).doesNotContain("s3cr");
    }

    @Test
    void theDefaultUserNeedsNoName() {
        assertThat(Rehearsal.of(prepare(new RedisRoleConfig(Role.MASTER, false, null, "x")), "", "+OK\r\n", MASTER)
                .everyWay(Cause.ENDED).sent()).containsExactly("*2\r\n$4\r\nAUTH\r\n$1\r\nx\r\n", ASKED);
    }

    static Stream<Arguments> answersThatFail() {
        return Stream.of(
                Arguments.of("", "no answer to PING came"),
                Arguments.of("+PO", "no answer to PING came"),
                Arguments.of("+PONG\r\n", "no answer to INFO replication came"),
                Arguments.of("+PONG\r\n$300\r\nrole:master\r\n", "no answer to INFO replication came"),
                Arguments.of("+PANG\r\n", "the answer to PING is \"PANG\" (expected: PONG)"),
                Arguments.of("+PONG\n", "the answer to PING is not one of Redis: \"+PONG\\n\""),
                Arguments.of("\n", "the answer to PING is not one of Redis: \"\\n\""),
                Arguments.of("\0\0\0\u0001", "the answer to PING is not one of Redis: \"\\x00\""),
                Arguments.of("HTTP/1.1 400 Bad Request\r\n", "the answer to PING is not one of Redis: \"H\""),
                Arguments.of("-NOAUTH Authentication required.\r\n",
                        "PING was answered with \"NOAUTH Authentication required.\"; the check needs a password"),
                Arguments.of("-LOADING Redis is loading the dataset in memory\r\n",
                        "PING was answered with \"LOADING Redis is loading the dataset in memory\""),
                Arguments.of("+PONG\r\n-NOPERM no\r\n", "INFO replication was answered with \"NOPERM no\""),
                Arguments.of("+PONG\r\n+role:master\r\n", "INFO replication was answered with another kind of reply"),
                Arguments.of("$4\r\nPONG\r\n", "PING was answered with another kind of reply"),
                Arguments.of("+PONG\r\n$-1\r\n", "the answer to INFO replication is not one of Redis: \"$-1\""),
                Arguments.of("+PONG\r\n$\r\n", "the answer to INFO replication is not one of Redis: \"$\""),
                Arguments.of("+PONG\r\n$65536\r\n", "the answer to INFO replication is not one of Redis: \"$65536\""),
                Arguments.of("+PONG\r\n$99999999999999999999\r\n",
                        "the answer to INFO replication is not one of Redis: \"$99999999999999999999\""),
                Arguments.of("+PONG\r\n$2\r\nokXY", "the answer to INFO replication is not one of Redis: \"XY\""),
                Arguments.of("+PONG\r\n$0\r\n\r\n", "the server names no role (expected: a master)"),
                Arguments.of("+PONG\r\n" + bulk("\0role:master\r\n"), "the server names no role (expected: a master)"),
                Arguments.of("+PONG\r\n" + bulk("role:master2\r\n"), "the server names no role (expected: a master)"),
                Arguments.of("+PONG\r\n" + bulk("role:slave\r\nrole:master\r\n"),
                        "the server is a replica (expected: a master)"),
                Arguments.of("+" + "x".repeat(100_000),
                        "the answer to PING is not one of Redis: \"+" + "x".repeat(79) + "…\""));
    }

    @ParameterizedTest
    @MethodSource("answersThatFail")
    void badAnswersAreNamedHoweverTheyArrive(String answer, String reason) {
        for (Cause last : new Cause[] {Cause.ENDED, Cause.TIMEOUT}) {
            assertThat(Rehearsal.of(command(Role.MASTER, false), answer).everyWay(last).reason()).isEqualTo(reason);
        }
    }

    static Stream<Arguments> refusedLogins() {
        return Stream.of(
                Arguments.of("-WRONGPASS invalid username-password pair\r\n", "AUTH was refused: \"WRONGPASS\""),
                Arguments.of("-ERR unknown command `AUTH`, with args beginning with: `hush`\r\n",
                        "AUTH was refused: \"ERR\""),
                Arguments.of("+KO\r\n", "the answer to AUTH is not OK"),
                Arguments.of("$2\r\nOK\r\n", "the answer to AUTH is not one of Redis"),
                Arguments.of("hush\r\n", "the answer to AUTH is not one of Redis"),
                Arguments.of("+O", "no answer to AUTH came"));
    }

    @ParameterizedTest
    @MethodSource("refusedLogins")
    void refusedLoginsAreNamedWithoutWhatTheServerRepeats(String answer, String reason) {
        assertThat(Rehearsal.of(prepare(new RedisRoleConfig(Role.MASTER, false, null, "hush")), "", answer)
                .everyWay(Cause.ENDED).reason()).isEqualTo(reason).doesNotContain("hush");
    }

    @Test
    void mistakesInTheDefinitionAreNamed() {
        prepare(new RedisRoleConfig(Role.MASTER, true, "app", null));
        prepare(new RedisRoleConfig(Role.REPLICA, true, null, ""));

        assertThat(findings.lines()).containsExactly(
                "error: username: given without a password (expected: both, or a password alone)",
                "error: link_up: true for a master (expected: with role replica)",
                "error: password: empty (expected: at least one character)");
    }

    @Test
    void theJarAnnouncesIt() {
        assertThat(ServiceLoader.load(HealthCommand.class)).singleElement().isInstanceOf(RedisRole.class);
    }

    private PreparedCommand command(Role role, boolean linkUp) {
        return prepare(new RedisRoleConfig(role, linkUp, null, null));
    }

    private PreparedCommand prepare(RedisRoleConfig config) {
        return new RedisRole().prepare(config, findings);
    }

    private static String replica(String link) {
        return "+PONG\r\n" + bulk("# Replication\r\nrole:slave\r\nmaster_host:10.0.0.1\r\nmaster_link_status:" + link
                + "\r\nmaster_repl_offset:42\r\n");
    }

    private static String bulk(String text) {
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }
}
