package io.sluice.kernel.upstream;

import io.sluice.kernel.plan.TargetPlan;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.connection.TargetAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** A target over all plans of its service. Thread-safe. */
public final class LiveTarget implements Target {

    private final String id;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile TargetPlan plan;

    LiveTarget(TargetPlan plan) {
        this.id = plan.id();
        this.plan = plan;
    }

    /** What the newest plan says of it. */
    void plan(TargetPlan now) {
        plan = now;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public TargetAddress address() {
        return plan.address();
    }

    @Override
    public int weight() {
        return plan.weight();
    }

    @Override
    public int priority() {
        return plan.priority();
    }

    @Override
    public int connections() {
        return connections.get();
    }

    void opened() {
        connections.incrementAndGet();
    }

    void closed() {
        connections.decrementAndGet();
    }

    @Override
    public String toString() {
        return id;
    }
}
