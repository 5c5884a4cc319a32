package io.sluice.bench;

import io.sluice.plugins.first.FirstFactory;
import io.sluice.plugins.leastconnections.LeastConnectionsFactory;
import io.sluice.plugins.random.RandomFactory;
import io.sluice.plugins.roundrobin.RoundRobinFactory;
import io.sluice.plugins.sourcehash.SourceHashFactory;
import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.BalancerFactory;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.connection.SocketPeer;
import io.sluice.spi.connection.TargetAddress;
import java.lang.reflect.Constructor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One pick for a first try, of targets with different weights and counts, each time for another client. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Pick {

    private static final int CLIENTS = 1024;
    private static final Predicate<Target> FIRST_TRY = target -> false;
    private static final Map<String, BalancerFactory<?>> FACTORIES = Map.of("round_robin", new RoundRobinFactory(),
            "least_connections", new LeastConnectionsFactory(), "random", new RandomFactory(),
            "source_hash", new SourceHashFactory(), "first", new FirstFactory());

    @Param({"round_robin", "random", "source_hash", "least_connections", "first"})
    public String balancer;

    @Param({"100"})
    public int targets;

    private final ClientFacts[] clients = new ClientFacts[CLIENTS];
    private Balancer used;
    private int next;

    private record Fake(String id, int weight, AtomicInteger open) implements Target {

        @Override
        public TargetAddress address() {
            return new TargetAddress("127.0.0.1", 1);
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public int connections() {
            return open.get();
        }
    }

    @Setup
    public void prepare() throws Exception {
        used = create(FACTORIES.get(balancer));
        used.targets(IntStream.range(0, targets).mapToObj(i -> (Target) new Fake("10.0.0." + i + ":6379", 1 + i % 5,
                new AtomicInteger(i * 7 % 13))).toList());
        for (int i = 0; i < CLIENTS; i++) {
            byte[] ip = {10, 1, (byte) (i >> 8), (byte) i};
            clients[i] = ClientFacts.of(new SocketPeer(new InetSocketAddress(InetAddress.getByAddress(ip), 40_000),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 6379)));
        }
    }

    /** Records are package-private in their plugins: they are made as the kernel does, each field absent. */
    private static <C extends Record> Balancer create(BalancerFactory<C> factory) throws ReflectiveOperationException {
        Class<C> type = factory.configType();
        Class<?>[] components = Arrays.stream(type.getRecordComponents()).map(c -> c.getType()).toArray(Class<?>[]::new);
        Constructor<C> constructor = type.getDeclaredConstructor(components);
        constructor.setAccessible(true);
        Object[] absent = Arrays.stream(components).map(c -> c == int.class ? (Object) 0 : c.isEnum()
                ? c.getEnumConstants()[0] : null).toArray();
        return factory.create(constructor.newInstance(absent), new ServiceInfo("bench", "bench", "", "127.0.0.1", 6379));
    }

    @Benchmark
    public Target pick() {
        next = next + 1 & CLIENTS - 1;
        return used.pick(FIRST_TRY, clients[next]);
    }
}
