package io.sluice.spi.access;

import io.sluice.spi.connection.ClientFacts;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides whether a client may use one service.
 *
 * <p><b>When called.</b> Once per connection, when its layers are done and its service is known.<br>
 * <b>Thread.</b> Any event loop, concurrently; must not block, should not allocate.<br>
 * <b>On failure.</b> An exception refuses the connection with {@code internal_error}: a broken policy admits nobody.
 *
 * @since 1.0
 */
@ConsumerType
@FunctionalInterface
public interface AccessPolicy {

    /** Decides on the finished facts. */
    AccessDecision decide(ClientFacts client);
}
