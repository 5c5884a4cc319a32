package io.sluice.plugins.roundrobin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.config.NoConfig;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.testing.balancing.BalancerContract;
import io.sluice.testing.balancing.FakeTarget;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundRobinTest extends BalancerContract {

    private static final ClientFacts CLIENT = client(1);

    private final Balancer balancer = new RoundRobinFactory()
            .create(new NoConfig(), new ServiceInfo("redis", "redis", "", "127.0.0.1", 7001));

    @Override
    protected Balancer balancer() {
        return balancer;
    }

    @Test
    void isTheDefaultBalancerByItsName() {
        assertThat(new RoundRobinFactory().name()).isEqualTo("round_robin");
        assertThat(new RoundRobinFactory().isDefault()).isTrue();
    }

    @Test
    void targetsTakeTurnsFromTheFirstListed() {
        balancer.targets(FakeTarget.weighted(1, 1, 1));

        assertThat(picks(7)).isEqualTo("abcabca");
    }

    @Test
    void attemptedTargetsAreSkippedUntilNoneIsLeft() {
        List<Target> targets = FakeTarget.weighted(9, 1, 1);
        balancer.targets(targets);

        assertThat(balancer.pick(Set.of(targets.get(0))::contains, CLIENT)).isSameAs(targets.get(1));
        assertThat(balancer.pick(Set.of(targets.get(0), targets.get(1))::contains, CLIENT)).isSameAs(targets.get(2));
        assertThat(balancer.pick(Set.of(targets.get(1), targets.get(2))::contains, CLIENT)).isSameAs(targets.get(0));
        assertThat(balancer.pick(target -> true, CLIENT)).isNull();
    }

    @Test
    void aDeadTargetsTurnsAreSharedByTheOthersInsteadOfDoublingItsNeighbour() {
        List<Target> targets = FakeTarget.weighted(1, 1, 1);
        balancer.targets(targets);
        Target dead = targets.get(0);
        Map<Target, LongAdder> served = new ConcurrentHashMap<>();

        for (int connection = 0; connection < 300; connection++) {
            Target target = balancer.pick(FIRST_TRY, CLIENT);
            if (target == dead) {
                target = balancer.pick(tried -> tried == dead, CLIENT);
            }
            served.computeIfAbsent(target, t -> new LongAdder()).increment();
        }

        assertThat(served.get(targets.get(1)).sum()).isEqualTo(150);
        assertThat(served.get(targets.get(2)).sum()).isEqualTo(150);
    }

    @Test
    void theTurnGoesOnWhereItWasWhenTargetsChange() {
        List<Target> all = FakeTarget.weighted(1, 1, 1, 1);
        balancer.targets(all);
        assertThat(picks(2)).isEqualTo("ab");

        balancer.targets(List.of(all.get(0), all.get(1), all.get(3)));
        assertThat(picks(1)).as("c was next but is gone, then d").isEqualTo("d");

        balancer.targets(all);
        assertThat(picks(4)).isEqualTo("abcd");
    }

    @Test
    void theTurnGoesOnAfterAllTargetsWereGone() {
        List<Target> all = FakeTarget.weighted(1, 1, 1);
        balancer.targets(all);
        assertThat(picks(1)).isEqualTo("a");

        balancer.targets(List.of());
        assertThat(balancer.pick(FIRST_TRY, CLIENT)).isNull();
        balancer.targets(all);

        assertThat(picks(3)).isEqualTo("bca");
    }

    @Test
    void constantChangesDoNotFavourTheFirstListed() {
        List<Target> all = FakeTarget.weighted(3, 3, 3);
        StringBuilder picked = new StringBuilder();

        for (int i = 0; i < 30; i++) {
            balancer.targets(all);
            picked.append(picks(1));
        }

        assertThat(picked).hasToString("abc".repeat(10));
    }

    @Test
    void picksFromManyThreadsKeepTheProportions() throws Exception {
        List<Target> targets = FakeTarget.weighted(5, 2, 1);
        balancer.targets(targets);
        Map<Target, LongAdder> served = new ConcurrentHashMap<>();
        targets.forEach(target -> served.put(target, new LongAdder()));
        CountDownLatch start = new CountDownLatch(1);
        Callable<Void> picking = () -> {
            start.await();
            for (int i = 0; i < 10_000; i++) {
                served.get(balancer.pick(FIRST_TRY, CLIENT)).increment();
            }
            return null;
        };

        ExecutorService loops = Executors.newFixedThreadPool(8);
        try {
            List<Future<Void>> running = IntStream.range(0, 8).mapToObj(i -> loops.submit(picking)).toList();
            start.countDown();
            for (Future<Void> thread : running) {
                thread.get();
            }
        } finally {
            loops.shutdownNow();
        }

        assertThat(targets).extracting(target -> served.get(target).sum()).containsExactly(50_000L, 20_000L, 10_000L);
    }

    @Test
    void aRetryFindsTheOnlyTargetLeftWhateverOtherThreadsPick() throws Exception {
        List<Target> targets = FakeTarget.weighted(1, 1, 1, 1, 1);
        balancer.targets(targets);
        Target left = targets.get(3);
        Callable<Boolean> picking = () -> {
            boolean found = true;
            for (int i = 0; i < 10_000; i++) {
                found &= balancer.pick(target -> target != left, CLIENT) == left;
            }
            return found;
        };

        ExecutorService loops = Executors.newFixedThreadPool(4);
        try {
            for (Future<Boolean> found : loops.invokeAll(List.of(picking, picking, picking, picking))) {
                assertThat(found.get()).isTrue();
            }
        } finally {
            loops.shutdownNow();
        }
    }

    private String picks(int count) {
        StringBuilder picked = new StringBuilder();
        for (int i = 0; i < count; i++) {
            picked.append(balancer.pick(FIRST_TRY, CLIENT).id());
        }
        return picked.toString();
    }
}
