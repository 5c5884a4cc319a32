package io.sluice.spi.protocol;

import io.sluice.spi.config.Configured;
import io.sluice.spi.config.Findings;
import io.sluice.spi.connection.ServiceInfo;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of layer on the client's side of a connection: what a definition's {@code protocol} or {@code layers} names, or
 * what one of its fields switches on.
 *
 * <p><b>Purpose.</b> Terminates or interprets what comes before the relayed bytes: a PROXY header, a TLS handshake.<br>
 * <b>When called.</b> {@link #prepare} once for each service that is new or changed in a plan; {@link #layer} once for
 * each listener whose services changed.<br>
 * <b>Thread.</b> A control thread; both methods may block (reading certificates, say).<br>
 * <b>On failure.</b> An exception from {@code prepare} refuses that service, one from {@code layer} that listener; both
 * become problems that name the plugin. Everything else goes on.
 *
 * @param <C> the configuration record
 * @param <P> what is prepared once per service and then used by its connections; immutable or thread-safe
 * @since 1.0
 */
@ConsumerType
public interface ClientProtocol<C extends Record, P> extends Configured<C> {

    /**
     * Turns one service's configuration into what its connections will need.
     *
     * @param config   bound and checked against the record's own rules
     * @param service  the service
     * @param findings takes what is wrong or doubtful; an error refuses the service whatever is returned
     * @return the prepared value; may be {@code null} only after an error
     */
    P prepare(C config, ServiceInfo service, Findings findings);

    /**
     * Builds the layer of one listener, shared by all connections that it accepts from now on.
     *
     * @param listener the listener and its services, each with what {@link #prepare} returned for it
     */
    ClientLayer layer(ListenerView<P> listener);

    /**
     * Whether this layer acts before the service is known, so that all services on one port must configure it alike.
     * Asked once per plan; the kernel refuses services whose records differ, or of which only some use the layer.
     */
    default boolean sharedByListener() {
        return false;
    }

    /**
     * Whether this layer learns the server name that a client asks for, so that several services can share a port.
     * Asked once per plan.
     */
    default boolean tellsServerName() {
        return false;
    }

    /** Whose word this layer takes for the client's address. Asked once per plan and service. */
    default AddressTrust addressTrust(C config) {
        return AddressTrust.SOCKET;
    }

    /**
     * Whether this layer can stand last, as a definition's {@code protocol}. Layers that cannot are named in
     * {@code layers} or switched on by their fields.
     */
    default boolean canEndStack() {
        return true;
    }
}
