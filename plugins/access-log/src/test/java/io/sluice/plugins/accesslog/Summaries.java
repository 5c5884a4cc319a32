package io.sluice.plugins.accesslog;

import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.PresentedClient;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.connection.SocketPeer;
import io.sluice.spi.connection.TargetAddress;
import io.sluice.spi.observer.ConnectionSummary;
import io.sluice.spi.observer.ConnectionSummary.Timing;
import io.sluice.spi.observer.ConnectionSummary.Traffic;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Connections at their end. */
final class Summaries {

    private static final ServiceInfo SERVICE = new ServiceInfo("redis", "Redis", "", "127.0.0.1", 6379);
    private static final Instant TIME = Instant.parse("2026-11-24T12:00:00.120999Z");

    private Summaries() {
    }

    static ClientFacts client() {
        return ClientFacts.of(new SocketPeer(new InetSocketAddress("10.0.0.9", 50_000),
                new InetSocketAddress("10.0.0.1", 6379)))
                .with(new PresentedClient(new InetSocketAddress("2001:db8::7", 33_312),
                        new InetSocketAddress("2001:db8::1", 6379)));
    }

    static ConnectionSummary relayed(String id, ClientFacts client) {
        return relayed(id, client, new TargetAddress("10.0.0.2", 6380));
    }

    static ConnectionSummary relayed(String id, ClientFacts client, TargetAddress target) {
        return new ConnectionSummary(id, TIME, "127.0.0.1:6379", client, Optional.of(SERVICE),
                Optional.of(target), new Traffic(14, 7),
                new Timing(2, Duration.ofMillis(2), Duration.ofMillis(3), Duration.ofMillis(1234)), CloseReason.COMPLETED, "");
    }

    static ConnectionSummary refused(CloseReason reason, String detail) {
        return new ConnectionSummary("2", TIME, "127.0.0.1:6379", client(), Optional.empty(), Optional.empty(),
                new Traffic(0, 0), new Timing(0, Duration.ZERO, Duration.ZERO, Duration.ofMillis(5)), reason, detail);
    }
}
