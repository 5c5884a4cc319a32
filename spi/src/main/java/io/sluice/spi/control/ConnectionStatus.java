package io.sluice.spi.control;

import java.time.Instant;

/**
 * A live connection. What is not known is {@code null}.
 *
 * @param id              as in its access record
 * @param service         the service's id; unknown until it is routed
 * @param listener        the listener's address
 * @param client          the socket's remote end
 * @param presentedClient who the client is for rules and logs: what a trusted proxy presented, else the same
 * @param serverName      that the client asked for
 * @param target          the id of its target; unknown until one is connected
 * @param since           when it was accepted
 * @param bytesFromClient relayed so far
 * @param bytesToClient   relayed so far
 * @since 1.0
 */
public record ConnectionStatus(String id, @Nullable String service, String listener, String client, String presentedClient,
        @Nullable String serverName, @Nullable String target, Instant since, long bytesFromClient, long bytesToClient) {
}
