package io.sluice.spi.control;

import java.util.List;
import java.util.Map;

/**
 * One defined service.
 *
 * @param id         its id
 * @param name       its name, for people
 * @param state      whether it runs
 * @param etag       stands for the definition as it is stored: a strong entity tag (RFC 9110 8.8.3) with its quotes
 * @param file       the file that it is stored in, as shown to people
 * @param definition as it is stored, private keys masked; see {@link ServiceControl}
 * @param problems   what is wrong with it
 * @since 1.0
 */
public record ServiceStatus(String id, String name, State state, String etag, String file,
        Map<String, Object> definition, List<Problem> problems) {

    public ServiceStatus {
        problems = List.copyOf(problems);
    }

    /** Whether a service runs. */
    public enum State {
        /** It runs, though perhaps on its last good definition: then {@code problems} holds an error. */
        ACTIVE,
        /** Its {@code active} is false. */
        PARKED,
        /** Its definition, or a conflict, forbids it. */
        REFUSED
    }
}
