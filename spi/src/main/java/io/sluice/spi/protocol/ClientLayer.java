package io.sluice.spi.protocol;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One layer of one listener: opens on each accepted connection, in stack order, outermost first.
 *
 * <p><b>Thread.</b> {@link #open} runs on the connection's event loop and must never block. The object is shared by all
 * event loops; what belongs to one connection lives in the handlers that {@code open} adds.<br>
 * <b>Bounds.</b> All layers of a connection together have {@code timeouts.handshake} to finish; then the kernel ends it
 * with {@code handshake_timeout}. A layer must bound every buffer that an unauthenticated peer can fill.<br>
 * <b>On failure.</b> An exception from {@code open} or from a handler ends that connection with {@code internal_error}.
 *
 * @since 1.0
 */
@ConsumerType
public interface ClientLayer {

    /**
     * Starts this layer on a connection. The layer must, now or later, call exactly one of
     * {@link ClientConnection#proceed} and {@link ClientConnection#refuse}.
     */
    void open(ClientConnection connection);

    /**
     * Whether the layer leaves the bytes alone once it has proceeded: none of its handlers stays in the pipeline. The
     * relay may then move the bytes without showing them to the process. Asked once per listener.
     */
    default boolean passesBytesThrough() {
        return false;
    }
}
