package io.sluice.spi.balancer;

import io.sluice.spi.connection.ClientFacts;
import java.util.List;
import java.util.function.Predicate;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Chooses targets for one service.
 *
 * <p><b>Thread.</b> {@link #targets} is called on one control thread at a time; {@link #pick} and {@link #preview} from
 * any event loop, concurrently with each other and with {@code targets}. They must not block; they should not allocate.
 * <br>
 * <b>On failure.</b> An exception from {@code pick} ends that connection with {@code internal_error}.
 *
 * @since 1.0
 */
@ConsumerType
public interface Balancer {

    /**
     * Takes the candidates from now on: healthy, ready and of the best priority, in the order of the definition, each
     * with a weight of at least 1. Called whenever they change; build tables here, not in {@code pick}.
     */
    void targets(List<Target> candidates);

    /**
     * Chooses the target of the next try.
     *
     * @param attempted says whether a target was already tried for this connection
     * @param client    the client
     * @return a candidate that was not attempted, or {@code null} when none is left
     */
    Target pick(Predicate<Target> attempted, ClientFacts client);

    /** What {@link #pick} would answer next for this client, without moving anything. */
    Target preview(ClientFacts client);
}
