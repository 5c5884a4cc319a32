package com.example.redisrole;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.spi.health.HealthCommand;
import io.sluice.spi.health.Step;
import io.sluice.spi.health.Step.Cause;
import io.sluice.spi.health.StepResult;
import io.sluice.spi.health.StepResult.Failed;
import io.sluice.spi.health.StepResult.Passed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** A command does no I/O, so its test needs no server: it feeds what one would answer. */
class RedisRoleTest {

    private static final String MASTER = "*3\r\n$6\r\nmaster\r\n:3129659\r\n*0\r\n";
    private static final String SLAVE = "*5\r\n$5\r\nslave\r\n$9\r\n127.0.0.1\r\n:6379\r\n$9\r\nconnected\r\n:14\r\n";

    @Test
    void itAsksForTheRole() {
        assertThat(step("master").opening()).isEqualTo("ROLE\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aMasterPassesHoweverItsAnswerIsCutUp() {
        Passed passed = new Passed("*3\r\n$6\r\nmaster\r\n".length(), Map.of("role", "master"));

        assertThat(look(step("master"), MASTER, Cause.BYTES)).isEqualTo(passed);
        for (int cut = 0; cut < MASTER.length(); cut++) {
            Step step = step("master");
            StepResult first = look(step, MASTER.substring(0, cut), Cause.BYTES);
            assertThat(first instanceof Passed ? first : look(step, MASTER, Cause.BYTES)).isEqualTo(passed);
        }
    }

    @Test
    void aReplicaFailsUnlessOneIsWanted() {
        assertThat(look(step("master"), SLAVE, Cause.BYTES))
                .isEqualTo(StepResult.failed("the server has another role than master"));
        assertThat(look(step("slave"), SLAVE, Cause.BYTES)).isInstanceOf(Passed.class);
    }

    @Test
    void anErrorFailsAtOnceAndSilenceAtTheEnd() {
        assertThat(look(step("master"), "-NOAUTH Authentication required.\r\n", Cause.BYTES)).isInstanceOf(Failed.class);
        assertThat(look(step("master"), "*3\r\n$6\r\nmas", Cause.BYTES)).isSameAs(StepResult.NEED_MORE);
        assertThat(look(step("master"), "*3\r\n$6\r\nmas", Cause.TIMEOUT)).isInstanceOf(Failed.class);
        assertThat(look(step("master"), "", Cause.ENDED)).isInstanceOf(Failed.class);
    }

    @Test
    void theJarAnnouncesIt() {
        assertThat(ServiceLoader.load(HealthCommand.class)).singleElement().isInstanceOf(RedisRole.class);
    }

    private static Step step(String role) {
        return new RedisRole().prepare(new RedisRole.Config(role), null).begin();
    }

    private static StepResult look(Step step, String answer, Cause cause) {
        return step.examine(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer(), cause);
    }
}
