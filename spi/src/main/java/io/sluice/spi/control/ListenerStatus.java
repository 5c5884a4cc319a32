package io.sluice.spi.control;

import java.util.List;

/**
 * What is listened on.
 *
 * @param address  {@code host:port}
 * @param protocol its innermost layer
 * @param services the ids of the services behind it
 * @param state    whether it accepts; if not, it is tried again until it does
 * @param reason   why it is not open; {@code null} when it is
 * @since 1.0
 */
public record ListenerStatus(String address, String protocol, List<String> services, State state, @Nullable String reason) {

    public ListenerStatus {
        services = List.copyOf(services);
    }

    /** Whether a listener accepts. */
    public enum State {
        OPEN, FAILED
    }
}
