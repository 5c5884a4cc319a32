package io.sluice.kernel.control;

import io.sluice.kernel.observe.Counters;
import io.sluice.kernel.session.Session;
import io.sluice.kernel.session.Sessions;
import io.sluice.spi.observer.ConnectionSummary.Traffic;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Bytes relayed by connections that have ended and by those that live, summed when somebody asks: the data path counts
 * nothing for this. Never less than what was told before, although a session that is just ending is in neither sum for a
 * moment; a service whose counters were forgotten begins anew. Thread-safe.
 */
final class RelayedBytes {

    private static final Traffic NONE = new Traffic(0, 0);

    private final Counters counters;
    private final Sessions sessions;
    private final AtomicReference<Traffic> toldInAll = new AtomicReference<>(NONE);
    private final Map<String, Told> told = new ConcurrentHashMap<>();

    /**
     * What was told of a service.
     *
     * @param counted its counters then; {@code null} if there were none
     */
    private record Told(Counters.PerService counted, Traffic traffic) {

        /** Without what belongs to counters that are gone: a service that was removed and has come back counts from zero. */
        Told then(Told now) {
            return counted != null && counted != now.counted ? now : new Told(now.counted, most(traffic, now.traffic));
        }
    }

    RelayedBytes(Counters counters, Sessions sessions) {
        this.counters = counters;
        this.sessions = sessions;
    }

    /** Since the start. */
    Traffic inAll() {
        Traffic sum = new Traffic(counters.bytesFromClient(), counters.bytesToClient());
        for (Session session : sessions.live()) {
            sum = sum(sum, session.traffic());
        }
        return toldInAll.accumulateAndGet(sum, RelayedBytes::most);
    }

    /** By service, those that are counted or have live connections. */
    Map<String, Traffic> byService() {
        Map<String, Traffic> sums = new HashMap<>();
        Map<String, Counters.PerService> services = Map.copyOf(counters.services());
        services.forEach((id, counted) -> sums.put(id, new Traffic(counted.bytesFromClient(), counted.bytesToClient())));
        for (Session session : sessions.live()) {
            session.serviceId().ifPresent(id -> sums.merge(id, session.traffic(), RelayedBytes::sum));
        }
        told.keySet().retainAll(sums.keySet());
        sums.replaceAll((id, sum) -> told.merge(id, new Told(services.get(id), sum), Told::then).traffic());
        return sums;
    }

    private static Traffic sum(Traffic one, Traffic other) {
        return new Traffic(one.bytesFromClient() + other.bytesFromClient(), one.bytesToClient() + other.bytesToClient());
    }

    private static Traffic most(Traffic one, Traffic other) {
        return new Traffic(Math.max(one.bytesFromClient(), other.bytesFromClient()),
                Math.max(one.bytesToClient(), other.bytesToClient()));
    }
}
