package io.sluice.spi.control;

import java.time.Instant;
import java.util.List;

/**
 * The gateway as a whole.
 *
 * @param version   of the distribution
 * @param revision  of the plan in effect
 * @param phase     where its life stands
 * @param startedAt when the process started
 * @param uptime    since then, in seconds
 * @param transport how sockets are driven
 * @param totals    sums
 * @param problems  everything that is wrong now
 * @since 1.0
 */
public record GatewayStatus(String version, long revision, Phase phase, Instant startedAt, long uptime,
        String transport, Totals totals, List<Problem> problems) {

    public GatewayStatus {
        problems = List.copyOf(problems);
    }

    /** Where the gateway's life stands. */
    public enum Phase {
        /** The first plan is not applied yet. */
        STARTING,
        /** It accepts connections. */
        READY,
        /** It ends: no new connections, the live ones have their time. */
        DRAINING
    }

    /**
     * Sums over everything.
     *
     * @param services        that run
     * @param listeners       that are wanted
     * @param listenersOpen   that are open
     * @param targets         of the services that run
     * @param connections     live ones
     * @param accepted        connections since the start
     * @param refused         of those, the ones that reached no target
     * @param bytesFromClient relayed, by live connections too
     * @param bytesToClient   relayed, by live connections too
     */
    public record Totals(int services, int listeners, int listenersOpen, int targets, int connections, long accepted,
            long refused, long bytesFromClient, long bytesToClient) {
    }
}
