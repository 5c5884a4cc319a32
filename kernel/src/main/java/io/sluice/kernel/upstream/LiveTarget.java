package io.sluice.kernel.upstream;

import io.sluice.kernel.plan.TargetPlan;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.connection.TargetAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A target over all plans of its service. Thread-safe: what connections ask is volatile; what steers it belongs to the
 * {@link Steering} thread.
 */
public final class LiveTarget implements Target {

    /** So many failed connects in a row eject a target. */
    static final int FAILURES = 5;

    private final String id;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final Set<Suitor> suitors = ConcurrentHashMap.newKeySet();
    private final TargetState state = new TargetState();
    private volatile TargetPlan plan;
    private volatile boolean admitted = true;
    private volatile int weight;
    private volatile Condition condition = Condition.FIRST;
    private volatile boolean onProbation;

    /** A connection that is being made. */
    interface Suitor {

        /** The target takes no connections any more. {@link Steering} thread. */
        void dismiss();
    }

    LiveTarget(TargetPlan plan) {
        this.id = plan.id();
        this.plan = plan;
        this.weight = plan.weight();
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

    /** Its weight among the others just now: less than configured while it starts slowly. */
    @Override
    public int weight() {
        return weight;
    }

    void weight(int now) {
        weight = now;
    }

    /** Its weight as it is configured or was discovered. */
    public int configuredWeight() {
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

    /** Whether a connection that is ready to begin may do so. Read by each connection before its first byte flows. */
    public boolean isAdmitted() {
        return admitted;
    }

    /** Whoever is just being connected to a target that is out now is told so. {@link Steering} thread. */
    void admitted(boolean now) {
        boolean dismissed = admitted && !now;
        admitted = now;
        if (dismissed) {
            suitors.forEach(Suitor::dismiss);
        }
    }

    /** Connections that are just being made; who joins asks {@link #isAdmitted} after that. */
    Set<Suitor> suitors() {
        return suitors;
    }

    /** Takes note of a successful connect; answers whether it is the first one after an ejection. */
    boolean connectSucceeded() {
        // most of the time there is nothing to write, and so nothing to share between processors
        if (failures.get() != 0) {
            failures.set(0);
        }
        if (onProbation) {
            onProbation = false;
            return true;
        }
        return false;
    }

    /** It was ejected: its next successful connect is of interest. */
    void onProbation() {
        onProbation = true;
    }

    /** Counts a failed connect; answers whether that was one too many. */
    boolean connectFailed() {
        return failures.incrementAndGet() % FAILURES == 0;
    }

    /** What steers it. {@link Steering} thread only. */
    TargetState state() {
        return state;
    }

    /** Lets other threads see its state. */
    void show() {
        condition = state.condition();
    }

    /** Its state as people see it. Any thread. */
    public Condition condition() {
        return condition;
    }

    @Override
    public String toString() {
        return id;
    }
}
