package io.sluice.kernel.runtime;

import static io.sluice.kernel.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.config.Settings;
import io.sluice.kernel.plan.Fakes;
import io.sluice.kernel.upstream.Health;
import io.sluice.kernel.upstream.OperatorState;
import io.sluice.kernel.upstream.ProbeReport;
import io.sluice.kernel.upstream.ServiceState;
import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.config.NoConfig;
import io.sluice.spi.connection.ServiceInfo;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Results that come faster than a balancer takes its targets. */
class ManyResultsTest {

    private static final int TARGETS = 100;

    private final SlowBalancer balancer = new SlowBalancer();
    private TestGateway gateway;
    private TalkingServer a;
    private String[] targets;

    @BeforeEach
    void start() throws Exception {
        gateway = new TestGateway(Settings.Transport.AUTO);
        a = new TalkingServer('a', "");
        String nobody = TestGateway.nobody();
        targets = IntStream.range(0, TARGETS).mapToObj(i -> i == 0 ? a.address()
                : nobody.replace("127.0.0.1", "127.0.0." + (i + 1))).toArray(String[]::new);
        gateway.service("s", "\"check_host_against_uptime_tests\": true, \"uptime_tests\": { \"default_check\": {}, "
                + "\"config\": { \"interval\": \"10m\", \"timeout\": \"30s\", \"fall\": 1 } }", targets).apply(balancer);
        await().until(() -> IntStream.range(1, TARGETS).allMatch(i -> health(i) == Health.DOWN));
        await().until(() -> health(0) == Health.UP);
        await().until(() -> a.accepted.get() == 1);
        // what is shown reaches the balancer a moment later; a word that changes nothing is heard after that
        state().operate(targets[0], OperatorState.READY, Duration.ZERO, ServiceState.Close.NO);
    }

    @AfterEach
    void stop() throws IOException {
        balancer.permits.release(TARGETS * 10);
        gateway.close();
        a.close();
    }

    private ServiceState state() {
        return gateway.runtime.states().get("s");
    }

    private Health health(int target) {
        return state().target(targets[target]).orElseThrow().condition().health();
    }

    private void report(int target, boolean healthy) {
        state().probed(targets[target], new ProbeReport("default_check", Instant.now(), healthy, healthy ? "" : "as told",
                Duration.ZERO, List.of(), Map.of()));
    }

    @Test
    void resultsThatWaitAreOneChangeToTheBalancer() {
        balancer.permits.drainPermits();
        int before = balancer.told.get();
        report(1, true);
        await().until(() -> balancer.told.get() == before + 1);
        IntStream.range(2, TARGETS).forEach(i -> report(i, true));
        balancer.permits.release(TARGETS * 10);
        await().until(() -> IntStream.range(0, TARGETS).allMatch(i -> health(i) == Health.UP));
        await().until(() -> balancer.known == TARGETS);
        assertThat(balancer.told.get()).isLessThanOrEqualTo(before + 3);
    }

    @Test
    void targetThatWentDownIsNotPickedWhileItsBalancerIsBehind() throws Exception {
        balancer.permits.drainPermits();
        int before = balancer.told.get();
        report(1, true);
        await().until(() -> balancer.told.get() == before + 1);
        report(0, false);
        report(2, true);
        balancer.permits.release();
        await().until(() -> balancer.told.get() == before + 2);
        assertThat(balancer.known).as("the balancer still has it").isEqualTo(2);
        int accepted = a.accepted.get();
        try (Socket socket = gateway.connect()) {
            assertThat(TestGateway.answers(socket)).isFalse();
        }
        assertThat(gateway.nextEnd().timing().tries()).as("the other one is tried").isPositive();
        assertThat(a.accepted.get()).isEqualTo(accepted);
    }

    /** Takes new targets only with a permit; picks the first. */
    private static final class SlowBalancer extends Fakes.First implements Fakes.DefaultBalancer {

        final AtomicInteger told = new AtomicInteger();
        final Semaphore permits = new Semaphore(TARGETS * 10);
        volatile int known;

        @Override
        public String name() {
            return "slow";
        }

        @Override
        public Balancer create(NoConfig config, ServiceInfo service) {
            return this;
        }

        @Override
        public void targets(List<Target> candidates) {
            told.incrementAndGet();
            permits.acquireUninterruptibly();
            super.targets(candidates);
            known = candidates.size();
        }
    }
}
