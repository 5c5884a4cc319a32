package io.sluice.plugins.roundrobin;

import io.sluice.spi.balancer.Target;
import io.sluice.spi.connection.TargetAddress;
import java.util.ArrayList;
import java.util.List;

/** A target with a weight; compared by identity as the contract says. */
final class FakeTarget implements Target {

    private final String id;
    private final int weight;

    FakeTarget(String id, int weight) {
        this.id = id;
        this.weight = weight;
    }

    /** Targets {@code a}, {@code b}, {@code c} ... of these weights. */
    static List<Target> weighted(int... weights) {
        List<Target> targets = new ArrayList<>();
        for (int weight : weights) {
            targets.add(new FakeTarget(Character.toString('a' + targets.size()), weight));
        }
        return targets;
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
        return 0;
    }

    @Override
    public String toString() {
        return id;
    }
}
