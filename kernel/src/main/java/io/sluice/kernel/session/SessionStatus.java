package io.sluice.kernel.session;

import io.sluice.kernel.upstream.LiveTarget;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.observer.ConnectionSummary.Traffic;
import java.time.Instant;
import java.util.Optional;

/**
 * A live session as operators see it.
 *
 * @param id       as in its access record
 * @param listener the listener's address
 * @param since    when it was accepted
 * @param client   what is known about the client
 * @param service  the id of its service, once it is routed
 * @param target   its target, once one is connected
 * @param traffic  what was relayed so far
 */
public record SessionStatus(String id, String listener, Instant since, ClientFacts client, Optional<String> service,
        Optional<LiveTarget> target, Traffic traffic) {
}
