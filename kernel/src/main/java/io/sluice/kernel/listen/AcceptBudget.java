package io.sluice.kernel.listen;

import com.sun.management.UnixOperatingSystemMXBean;
import io.sluice.kernel.upstream.RateLimit;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.Refusal;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections the whole gateway takes. Asked at accept, before anything is built. Thread-safe.
 *
 * <p>Besides the settings' limits, descriptors are counted: a connection needs two, and some are kept free for files,
 * probes and the admin API, so that a flood of clients never leaves the gateway unable to read its configuration.
 */
public final class AcceptBudget {

    private static final int DESCRIPTORS_PER_CONNECTION = 2;
    private static final int DESCRIPTORS_KEPT = 64;

    private final AtomicInteger connections = new AtomicInteger();
    private final RateLimit rate = new RateLimit();
    private final int byDescriptors;
    private volatile int limit;
    private volatile int perSecond;

    public AcceptBudget() {
        this.byDescriptors = byDescriptors();
        this.limit = byDescriptors;
    }

    /** The settings' limits from now on; 0 = none. */
    public void limits(int maxConnections, int newConnectionsPerSecond) {
        limit = maxConnections == 0 ? byDescriptors : Math.min(maxConnections, byDescriptors);
        perSecond = newConnectionsPerSecond;
    }

    /** Takes a place. */
    boolean admits() {
        int most = limit;
        if (connections.getAndUpdate(n -> n < most ? n + 1 : n) >= most) {
            return false;
        }
        if (!rate.admits(perSecond)) {
            connections.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Why the next connection would be closed at accept; empty if it would not. Any thread. */
    public Optional<Refusal> foresee() {
        int most = limit;
        if (connections.get() >= most) {
            return Optional.of(new Refusal(CloseReason.TOO_MANY_CONNECTIONS, "the gateway has " + most + " connections"));
        }
        return rate.wouldAdmit(perSecond) ? Optional.empty() : Optional.of(new Refusal(CloseReason.TOO_FAST,
                "more than " + perSecond + " new connections a second"));
    }

    /** Gives a place back. */
    void release() {
        connections.decrementAndGet();
    }

    /** Connections that hold a place. */
    public int connections() {
        return connections.get();
    }

    private static int byDescriptors() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            long free = unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount() - DESCRIPTORS_KEPT;
            return (int) Math.max(1, Math.min(Integer.MAX_VALUE, free / DESCRIPTORS_PER_CONNECTION));
        }
        return Integer.MAX_VALUE;
    }
}
