package io.sluice.kernel.runtime;

import static io.sluice.kernel.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.config.Settings;
import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.upstream.LiveTarget;
import io.sluice.kernel.upstream.ProbeReport;
import io.sluice.spi.config.Findings;
import io.sluice.spi.config.NoConfig;
import io.sluice.spi.health.HealthCommand;
import io.sluice.spi.health.PreparedCommand;
import io.sluice.spi.health.Step;
import io.sluice.spi.health.StepResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands that hang, throw or answer nonsense cost their own probe and nobody else's. */
class FaultyCommandsTest {

    private TestGateway gateway;
    private TalkingServer good;
    private TalkingServer bad;

    @BeforeEach
    void start() throws IOException {
        gateway = new TestGateway(Settings.Transport.AUTO);
        good = new TalkingServer('g', "master");
        bad = new TalkingServer('b', "master");
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        good.close();
        bad.close();
    }

    private void apply(PreparedCommand odd) throws Exception {
        apply("", odd);
    }

    /** Probed each second, and for a moment only. */
    private void applyHasty(PreparedCommand odd) throws Exception {
        apply("\"interval\": \"1s\", \"timeout\": \"400ms\", ", odd);
    }

    private void apply(String haste, PreparedCommand odd) throws Exception {
        gateway.service("s", "\"check_host_against_uptime_tests\": true, \"uptime_tests\": { \"check_list\": ["
                + "{ \"url\": \"" + good.address() + "\", \"commands\": [{ \"name\": \"ask\", \"role\": \"master\" }] },"
                + "{ \"url\": \"" + bad.address() + "\", " + haste + "\"commands\": [{ \"name\": \"odd\" }] }],"
                + "\"config\": { \"interval\": \"10m\", \"timeout\": \"30s\", \"fall\": 1 } }", bad.address(), good.address())
                .apply(new Asking(), new Odd(odd));
    }

    private ProbeReport awaitReport(TalkingServer server) {
        LiveTarget target = target(server);
        await().until(() -> target.condition().lastProbe().isPresent());
        return target.condition().lastProbe().get();
    }

    private LiveTarget target(TalkingServer server) {
        return gateway.runtime.states().get("s").target(server.address()).orElseThrow();
    }

    /** Of a probe that is hasty: a machine that stalls may leave it no time to come so far, but the next one has it again. */
    private void awaitFailure(String reason) {
        await().until(() -> target(bad).condition().reports().stream().anyMatch(report -> report.reason().equals(reason)));
    }

    @Test
    void commandThatHangsIsFailedAndOthersGoOn() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        applyHasty(step((unread, cause) -> {
            waitFor(never);
            return StepResult.PASSED;
        }));
        awaitFailure("command odd was not back within 400 ms");
        await().until(() -> !gateway.runtime.problems().all().isEmpty());
        assertThat(gateway.runtime.problems().all()).extracting(Problem::code).containsExactly("command_failed");
        assertThat(gateway.runtime.monitor().failedCommands().values()).containsExactly(List.of("odd"));
        awaitFailure("command odd has failed: it did not come back from an earlier probe");
        assertThat(gateway.runtime.monitor().probe("s", good.address()).get(60, TimeUnit.SECONDS))
                .allMatch(ProbeReport::healthy);
    }

    /** Deaf to interrupts, as the worst of commands are. */
    private static void waitFor(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                Thread.interrupted();
            }
        }
    }

    @Test
    void jarThatChangesMakesAFailedCommandWork() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        gateway.ofGeneration(1);
        applyHasty(step((unread, cause) -> {
            waitFor(never);
            return StepResult.PASSED;
        }));
        await().until(() -> !gateway.runtime.problems().all().isEmpty());
        gateway.ofGeneration(2);
        applyHasty(step((unread, cause) -> StepResult.PASSED));
        await().until(() -> awaitReport(bad).healthy());
        await().until(() -> gateway.runtime.problems().all().isEmpty());
    }

    @Test
    void commandThatThrowsFailsItsProbeByName() throws Exception {
        apply(() -> {
            throw new AssertionError("as asked");
        });
        assertThat(awaitReport(bad).reason()).isEqualTo("odd failed: java.lang.AssertionError: as asked");
        assertThat(awaitReport(good).healthy()).isTrue();
    }

    @Test
    void nonsenseFailsTheProbeByName() throws Exception {
        Map<String, PreparedCommand> nonsense = Map.of(
                "begin() answered null", () -> null,
                "opening() answered null (expected: at most 1 MiB)", () -> new Opening(() -> null),
                "opening() answered 2000000 bytes (expected: at most 1 MiB)", () -> new Opening(() -> new byte[2_000_000]),
                "examine() answered null", step((unread, cause) -> null),
                "it consumed 3 of 0 bytes", step((unread, cause) -> StepResult.passed(3)),
                "it consumed -1 of 0 bytes", step((unread, cause) -> StepResult.passed(-1)),
                "it wants to send 2000000 bytes (expected: at most 1 MiB)",
                step((unread, cause) -> new StepResult.Send(0, new byte[2_000_000])));
        for (Map.Entry<String, PreparedCommand> one : nonsense.entrySet()) {
            gateway.ofGeneration(gateway.generation() + 1);
            gateway.without("s").apply();
            apply(one.getValue());
            assertThat(awaitReport(bad).reason()).isEqualTo("odd answered nonsense: " + one.getKey());
        }
    }

    @Test
    void commandThatNeverHasEnoughFailsWhenItsTimeIsOver() throws Exception {
        applyHasty(step((unread, cause) -> StepResult.NEED_MORE));
        awaitFailure("odd wanted more after its time was over");
    }

    @Test
    void commandThatSendsWithoutEndIsEndedByTheDeadline() throws Exception {
        applyHasty(step((unread, cause) -> new StepResult.Send(0, new byte[] {'x'})));
        assertThat(awaitReport(bad).healthy()).isFalse();
    }

    @Test
    void failureWithoutAReasonIsAFailure() throws Exception {
        apply(step((unread, cause) -> StepResult.failed("")));
        assertThat(awaitReport(bad).healthy()).isFalse();
        assertThat(awaitReport(bad).reason()).isEqualTo("odd failed and did not say why");
    }

    private static PreparedCommand step(Step step) {
        return () -> step;
    }

    private record Opening(Supplier<byte[]> bytes) implements Step {
        @Override
        public byte[] opening() {
            return bytes.get();
        }

        @Override
        public StepResult examine(ByteBuffer unread, Cause cause) {
            return StepResult.PASSED;
        }
    }

    private record Odd(PreparedCommand prepared) implements HealthCommand<NoConfig> {
        @Override
        public String name() {
            return "odd";
        }

        @Override
        public Class<NoConfig> configType() {
            return NoConfig.class;
        }

        @Override
        public PreparedCommand prepare(NoConfig config, Findings findings) {
            return prepared;
        }
    }
}
