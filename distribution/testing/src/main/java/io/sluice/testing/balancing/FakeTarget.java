package io.sluice.testing.balancing;

import io.sluice.spi.balancer.Target;
import io.sluice.spi.connection.TargetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A target with a weight, whose connections a test may set; compared by identity as the contract says. */
public final class FakeTarget implements Target {

    private final AtomicInteger connections = new AtomicInteger();
    private final String id;
    private final int weight;

    /** A target of this weight. */
    public FakeTarget(String id, int weight) {
        this.id = id;
        this.weight = weight;
    }

    /** Targets {@code a}, {@code b}, {@code c} ... of these weights. */
    public static List<Target> weighted(int... weights) {
        List<Target> targets = new ArrayList<>();
        for (int weight : weights) {
            targets.add(new FakeTarget(Character.toString('a' + targets.size()), weight));
        }
        return targets;
    }

    /** So many targets of weight 1. */
    public static List<Target> equal(int count) {
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            targets.add(new FakeTarget("10.0." + i / 256 + "." + i % 256 + ":6379", 1));
        }
        return targets;
    }

    /** Gives the first ones so many connections. */
    public static void connections(List<Target> targets, int... counts) {
        for (int i = 0; i < counts.length; i++) {
            ((FakeTarget) targets.get(i)).connections.set(counts[i]);
        }
    }

    /** One connection more. */
    public void connect() {
        connections.incrementAndGet();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public TargetAddress address() {
        return new TargetAddress("127.0.0.1", 1);
    }

    @Override
    public int weight() {
        return weight;
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public int connections() {
        return connections.get();
    }

    @Override
    public String toString() {
        return id;
    }
}
