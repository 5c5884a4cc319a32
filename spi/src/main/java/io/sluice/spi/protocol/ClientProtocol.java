package io.sluice.spi.protocol;

import io.sluice.spi.config.Configured;
import io.sluice.spi.config.Findings;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.connection.ServiceInfo;
import java.util.List;
import java.util.Optional;
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

    /**
     * The application protocols (ALPN, RFC 7301) that one service speaks. Services with the same server name can share a
     * port if no two of their lists meet; the client's offers then decide between them. Asked once for each service that
     * is new or changed, after {@link #prepare}.
     *
     * @return protocol names; empty for a service that takes any
     */
    default List<String> alpn(P prepared) {
        return List.of();
    }

    /**
     * Whether a service takes a client by what this layer learnt about it: its certificate, say. What the client did not
     * show is not judged here.
     *
     * <p>Asked for live connections when their service changed, with what was prepared for its new definition; a
     * connection that is refused is closed. Asked also when someone wants to know what a change would do to live
     * connections. A layer usually asks itself the same before it proceeds. On any thread, concurrently; must not block
     * and has no side effects. An exception counts as a refusal.
     *
     * @param prepared what {@link #prepare} returned
     * @param client   what is known about the client
     * @return why not; empty if it is welcome
     */
    default Optional<Refusal> admit(P prepared, ClientFacts client) {
        return Optional.empty();
    }

    /**
     * Whether this layer would refuse a client, for explanations: by what is assumed about it, and what is missing there
     * the client does not show. Says the same as a real connection would meet.
     *
     * <p>Asked when someone wants to know; of a layer that is {@link #sharedByListener} with any service of the listener,
     * before the service is chosen. On any thread, concurrently; must not block and has no side effects. An exception
     * counts as a refusal.
     *
     * @param prepared what {@link #prepare} returned
     * @param client   what is assumed about the client
     * @return why it would be refused; empty if it would go on
     */
    default Optional<Refusal> foresee(P prepared, ClientFacts client) {
        return admit(prepared, client);
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
