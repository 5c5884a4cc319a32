package io.sluice.kernel.plan;

import io.sluice.kernel.config.Definition;
import java.time.Duration;

/**
 * Deadlines, tries and limits of a service's connections, with all defaults filled in. A zero duration and a limit of 0
 * mean none.
 *
 * @param connect     one try's TCP connect
 * @param handshake   one try's upstream layers; the client's layers, from accept, once they have chosen the service
 * @param idle        both directions silent
 * @param halfClosed  one direction has ended and the other is silent
 * @param maxLifetime from accept
 * @param tries       at least 1
 * @param limits      of this service
 */
public record ConnectionRules(
        Duration connect,
        Duration handshake,
        Duration idle,
        Duration halfClosed,
        Duration maxLifetime,
        int tries,
        Definition.Limits limits) {
}
