package io.sluice.kernel.observe;

import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.observer.ConnectionObserver;
import io.sluice.spi.observer.ConnectionSummary;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Counts connections. Labels come from the plan and from the closed list of reasons, never from a peer. What is counted
 * on an event loop is an addition to a {@link LongAdder} that is there already but for the first time.
 */
public final class Counters implements ConnectionObserver {

    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder bytesFromClient = new LongAdder();
    private final LongAdder bytesToClient = new LongAdder();
    private final Map<String, PerService> services = new ConcurrentHashMap<>();
    private final Map<Ended, LongAdder> ended = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> refusedAtAccept = new ConcurrentHashMap<>();

    /** How connections of a service ended; an empty service for those that reached none. */
    public record Ended(String service, CloseReason reason) {
    }

    /** What is counted of one service. */
    public static final class PerService {

        private final LongAdder routed = new LongAdder();
        private final LongAdder connected = new LongAdder();
        private final LongAdder bytesFromClient = new LongAdder();
        private final LongAdder bytesToClient = new LongAdder();
        private final LongAdder tries = new LongAdder();

        /** Connections that its policies allowed. */
        public long routed() {
            return routed.sum();
        }

        /** Connections that reached a target. */
        public long connected() {
            return connected.sum();
        }

        /** Of connections that have ended. */
        public long bytesFromClient() {
            return bytesFromClient.sum();
        }

        /** Of connections that have ended. */
        public long bytesToClient() {
            return bytesToClient.sum();
        }

        /** Targets that were tried. */
        public long tries() {
            return tries.sum();
        }
    }

    @Override
    public void opened(String id, ClientFacts client) {
        accepted.increment();
    }

    @Override
    public void routed(String id, ClientFacts client, ServiceInfo service) {
        of(service).routed.increment();
    }

    @Override
    public void connected(String id, ServiceInfo service, io.sluice.spi.balancer.Target target) {
        of(service).connected.increment();
    }

    @Override
    public void closed(ConnectionSummary summary) {
        String service = summary.service().map(ServiceInfo::id).orElse("");
        ended.computeIfAbsent(new Ended(service, summary.reason()), key -> new LongAdder()).increment();
        bytesFromClient.add(summary.traffic().bytesFromClient());
        bytesToClient.add(summary.traffic().bytesToClient());
        if (summary.target().isEmpty()) {
            refused.increment();
        }
        summary.service().ifPresent(info -> {
            PerService counted = of(info);
            counted.bytesFromClient.add(summary.traffic().bytesFromClient());
            counted.bytesToClient.add(summary.traffic().bytesToClient());
            counted.tries.add(summary.timing().tries());
        });
    }

    @Override
    public void refusedAtAccept(String listener, long count) {
        refusedAtAccept.computeIfAbsent(listener, key -> new LongAdder()).add(count);
    }

    private PerService of(ServiceInfo service) {
        PerService known = services.get(service.id());
        return known != null ? known : services.computeIfAbsent(service.id(), id -> new PerService());
    }

    /** Forgets services and listeners that are gone, so that labels stay bounded by the plan. */
    public void retain(Set<String> serviceIds, Supplier<Set<String>> listeners) {
        services.keySet().retainAll(serviceIds);
        ended.keySet().removeIf(key -> !key.service().isEmpty() && !serviceIds.contains(key.service()));
        if (!refusedAtAccept.isEmpty()) {
            refusedAtAccept.keySet().retainAll(listeners.get());
        }
    }

    /** Connections since the start. */
    public long accepted() {
        return accepted.sum();
    }

    /** Connections that ended without having reached a target. */
    public long refused() {
        return refused.sum();
    }

    /** Of connections that have ended. */
    public long bytesFromClient() {
        return bytesFromClient.sum();
    }

    /** Of connections that have ended. */
    public long bytesToClient() {
        return bytesToClient.sum();
    }

    /** By service id. */
    public Map<String, PerService> services() {
        return services;
    }

    /** How connections ended. */
    public Map<Ended, LongAdder> ended() {
        return ended;
    }

    /** Connections closed unseen over a limit, by listener. */
    public Map<String, LongAdder> atAccept() {
        return refusedAtAccept;
    }
}
