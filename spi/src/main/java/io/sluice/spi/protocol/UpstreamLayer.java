package io.sluice.spi.protocol;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One layer of one service's connections to its targets: opens on each connected channel, in stack order, outermost
 * first. The same layers open for health probes.
 *
 * <p><b>Thread.</b> {@link #open} runs on the connection's event loop and must never block; the object is shared.<br>
 * <b>Bounds.</b> The layers of one try together have {@code proxy.timeouts.handshake}.<br>
 * <b>On failure.</b> An exception counts as a failed try: the next target is tried.
 *
 * @since 1.0
 */
@ConsumerType
public interface UpstreamLayer {

    /**
     * Starts this layer on a connection. The layer must, now or later, call exactly one of
     * {@link UpstreamConnection#proceed} and {@link UpstreamConnection#fail}.
     */
    void open(UpstreamConnection connection);

    /**
     * Whether the layer leaves the bytes alone once it has proceeded: none of its handlers stays in the pipeline. Asked
     * once per service.
     */
    default boolean passesBytesThrough() {
        return false;
    }
}
