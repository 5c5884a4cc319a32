package io.sluice.kernel.session;

import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.connection.TargetAddress;
import io.sluice.spi.observer.ConnectionSummary;
import io.sluice.spi.observer.ConnectionSummary.Timing;
import io.sluice.spi.observer.ConnectionSummary.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a session's access record is made of, collected on its way. Event loop only. */
final class SessionRecord {

    private final String id;
    private final String listener;
    private final Instant time = Instant.now();
    private final long accepted = System.nanoTime();
    private long routed;
    private long connected;

    SessionRecord(String id, String listener) {
        this.id = id;
        this.listener = listener;
    }

    String id() {
        return id;
    }

    String listener() {
        return listener;
    }

    Instant time() {
        return time;
    }

    long accepted() {
        return accepted;
    }

    void routedNow() {
        routed = System.nanoTime();
    }

    void connectedNow() {
        connected = System.nanoTime();
    }

    /** Who took part. */
    record Parties(ClientFacts client, Optional<ServiceInfo> service, Optional<TargetAddress> target) {
    }

    ConnectionSummary summary(Parties parties, Traffic traffic, int tries, Refusal end) {
        long now = System.nanoTime();
        Timing timing = new Timing(tries, Duration.ofNanos((routed == 0 ? now : routed) - accepted),
                connected == 0 ? Duration.ZERO : Duration.ofNanos(connected - routed), Duration.ofNanos(now - accepted));
        return new ConnectionSummary(id, time, listener, parties.client(), parties.service(), parties.target(), traffic,
                timing, end.reason(), end.detail());
    }
}
