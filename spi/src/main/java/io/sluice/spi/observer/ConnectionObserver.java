package io.sluice.spi.observer;

import io.sluice.spi.balancer.Target;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.ServiceInfo;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Watches connections, never influences them.
 *
 * <p><b>Thread.</b> Any event loop, concurrently; must not block and should not allocate: hand work over to a thread of
 * your own, through a bounded queue. Calls for one connection come in order. When the observer is replaced while a
 * connection lives, the new one sees only what is still to come.<br>
 * <b>On failure.</b> An exception is logged (at most once a second) and ignored.
 *
 * @since 1.0
 */
@ConsumerType
public interface ConnectionObserver extends AutoCloseable {

    /** A client was accepted. */
    default void opened(String id, ClientFacts client) {
    }

    /** The service was chosen and its policies allow the client. */
    default void routed(String id, ClientFacts client, ServiceInfo service) {
    }

    /** A target was connected and its layers are open: relaying starts. */
    default void connected(String id, ServiceInfo service, Target target) {
    }

    /** The connection has ended, or was refused. Called exactly once per connection that was accepted. */
    default void closed(ConnectionSummary summary) {
    }

    /** Connections were closed unseen because the gateway was over a limit; called at most once a second. */
    default void refusedAtAccept(String listener, long count) {
    }

    /** Flushes and releases what the observer holds. Called once, on a control thread, after the last event. */
    @Override
    default void close() {
    }
}
