package io.sluice.spi.observer;

import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.connection.TargetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A connection at its end.
 *
 * @param id       its id, unique for the life of the gateway
 * @param time     when it was accepted
 * @param listener the listener's address, {@code host:port}
 * @param client   what was known about the client
 * @param service  the service, if one was chosen
 * @param target   the target that took it; empty for a refusal
 * @param traffic  what was relayed
 * @param timing   how long it took
 * @param reason   why it ended
 * @param detail   one sentence for people; empty when the reason says it all
 * @since 1.0
 */
public record ConnectionSummary(
        String id,
        Instant time,
        String listener,
        ClientFacts client,
        Optional<ServiceInfo> service,
        Optional<TargetAddress> target,
        Traffic traffic,
        Timing timing,
        CloseReason reason,
        String detail) {

    /**
     * What was relayed, counted as it was handed to the other side's socket; headers and TLS records are not counted.
     *
     * @param bytesFromClient bytes from the client to the target
     * @param bytesToClient   bytes from the target to the client
     */
    public record Traffic(long bytesFromClient, long bytesToClient) {
    }

    /**
     * How long it took.
     *
     * @param tries    targets that were tried
     * @param preamble from accept until the service was chosen
     * @param connect  from then until a target was connected and its layers open; zero when none was
     * @param total    from accept until the end
     */
    public record Timing(int tries, Duration preamble, Duration connect, Duration total) {
    }
}
