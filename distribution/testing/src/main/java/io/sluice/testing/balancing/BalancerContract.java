package io.sluice.testing.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.SocketPeer;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What every balancer must do: a balancer's test extends it. */
public abstract class BalancerContract {

    /** No target was tried yet. */
    protected static final Predicate<Target> FIRST_TRY = target -> false;

    /** The balancer under test, the same one each time. */
    protected abstract Balancer balancer();

    /** Facts about a client with this IPv4 address. */
    protected static ClientFacts client(int address) {
        try {
            byte[] ip = {(byte) (address >>> 24), (byte) (address >>> 16), (byte) (address >>> 8), (byte) address};
            InetSocketAddress remote = new InetSocketAddress(InetAddress.getByAddress(ip), 40_000);
            return ClientFacts.of(new SocketPeer(remote, new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    final void answersNullWithoutTargets() {
        Balancer balancer = balancer();
        assertThat(balancer.pick(FIRST_TRY, client(1))).isNull();
        assertThat(balancer.preview(client(1))).isNull();
        balancer.targets(List.of());
        assertThat(balancer.pick(FIRST_TRY, client(1))).isNull();
        assertThat(balancer.preview(client(1))).isNull();
    }

    /** Each try gets another target until none is left. */
    @Test
    final void neverRepeatsAnAttemptedTarget() {
        Balancer balancer = balancer();
        List<Target> targets = FakeTarget.weighted(1, 50, 3, 1, 1000);
        balancer.targets(targets);
        for (int address = 0; address < 500; address++) {
            Set<Target> attempted = new HashSet<>();
            while (attempted.size() < targets.size()) {
                Target picked = balancer.pick(attempted::contains, client(address));
                assertThat(targets).contains(picked);
                assertThat(attempted.add(picked)).isTrue();
            }
            assertThat(balancer.pick(attempted::contains, client(address))).isNull();
        }
    }

    @Test
    final void previewsTheNextPickAndMovesNothing() {
        Balancer balancer = balancer();
        balancer.targets(FakeTarget.weighted(1, 5, 3));
        for (int address = 0; address < 500; address++) {
            Target preview = balancer.preview(client(address));
            assertThat(balancer.preview(client(address))).isSameAs(preview);
            assertThat(balancer.pick(FIRST_TRY, client(address))).isSameAs(preview);
        }
    }

    @Test
    final void aPickAllocatesNothing() {
        Balancer balancer = balancer();
        balancer.targets(FakeTarget.equal(20));
        ClientFacts client = client(0x0A000001);
        Target attempted = balancer.preview(client);
        Predicate<Target> retry = target -> target == attempted;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int rounds = 20_000;
        // what a first pick loads is no part of it
        balancer.pick(retry, client);

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < rounds; i++) {
            balancer.pick(FIRST_TRY, client);
            balancer.pick(retry, client);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).as("less than a byte a pick, which leaves room for the measuring itself")
                .isLessThan(rounds);
    }

    /** Four threads pick while the targets change under them: every pick is of one of the two lists. */
    @Test
    final void picksWhileTargetsChange() throws Exception {
        Balancer balancer = balancer();
        List<Target> targets = FakeTarget.equal(6);
        List<Target> fewer = targets.subList(0, targets.size() / 2);
        balancer.targets(targets);
        Callable<Integer> picking = () -> {
            int wrong = 0;
            for (int i = 0; i < 20_000; i++) {
                Target preview = balancer.preview(client(i));
                Target picked = balancer.pick(target -> target == preview, client(i));
                wrong += targets.contains(picked) && picked != preview ? 0 : 1;
            }
            return wrong;
        };
        ExecutorService loops = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> running =
                    List.of(loops.submit(picking), loops.submit(picking), loops.submit(picking), loops.submit(picking));
            while (!running.stream().allMatch(Future::isDone)) {
                balancer.targets(fewer);
                balancer.targets(targets);
            }
            for (Future<Integer> one : running) {
                assertThat(one.get()).isZero();
            }
        } finally {
            loops.shutdownNow();
        }
    }
}
