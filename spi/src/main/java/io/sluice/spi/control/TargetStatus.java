package io.sluice.spi.control;

/**
 * One target of one service.
 *
 * @param id          unique in the service and the same after a restart
 * @param service     the service's id
 * @param target      {@code host:port}
 * @param weight      how much it gets beside the others; 0 = parked
 * @param priority    its group: the lowest number with a healthy member is used
 * @param health      what its checks say
 * @param state       what operators say
 * @param connections live ones, those being connected included
 * @param lastProbe   the latest probe; {@code null} if there was none
 * @since 1.0
 */
public record TargetStatus(String id, String service, String target, int weight, int priority, Health health,
        State state, int connections, @Nullable ProbeReport lastProbe) {

    /** What a target's checks say. */
    public enum Health {
        /** It passed. */
        UP,
        /** It failed. */
        DOWN,
        /** It is checked, but there is no result yet. */
        UNKNOWN,
        /** Nothing checks it. */
        UNCHECKED,
        /** Connections to it failed, so it is left alone for a while. */
        EJECTED
    }

    /** What operators say of a target. */
    public enum State {
        /** It takes connections. */
        READY,
        /** It takes no new ones. */
        DRAINING,
        /** It takes no new ones and is not probed. */
        MAINTENANCE
    }
}
