package io.sluice.spi.connection;

import java.util.Objects;

/**
 * A service as extensions see it.
 *
 * @param id            its unique id, {@code [A-Za-z0-9._-]{1,64}}
 * @param name          its name, for people
 * @param domain        the server name it answers to: exact, {@code *.example.com}, or empty for any
 * @param listenAddress the address it is bound to, as configured
 * @param listenPort    its port, 1 to 65535
 * @since 1.0
 */
public record ServiceInfo(String id, String name, String domain, String listenAddress, int listenPort) {

    public ServiceInfo {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(domain, "domain");
        Objects.requireNonNull(listenAddress, "listenAddress");
    }
}
