package io.sluice.spi.protocol;

import io.sluice.spi.connection.ServiceInfo;
import java.util.List;

/**
 * A listener as a layer sees it when it is built.
 *
 * @param address  the bind address, as configured
 * @param port     the port, 1 to 65535
 * @param services the services behind it; at least one
 * @param <P>      what the protocol prepares per service
 * @since 1.0
 */
public record ListenerView<P>(String address, int port, List<Member<P>> services) {

    public ListenerView {
        services = List.copyOf(services);
    }

    /**
     * One service behind a listener.
     *
     * @param service  the service
     * @param prepared what {@link ClientProtocol#prepare} returned for it
     * @param <P>      what the protocol prepares per service
     */
    public record Member<P>(ServiceInfo service, P prepared) {
    }
}
