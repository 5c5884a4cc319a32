package io.sluice.spi.admin;

import io.sluice.spi.control.ControlRefused;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Answers requests of one route.
 *
 * <p><b>Thread.</b> A thread of the server's own, concurrently; may block, as the gateway's changes do.<br>
 * <b>On failure.</b> A {@link ControlRefused} becomes an {@code application/problem+json} answer with the code that
 * belongs to its reason; any other exception is logged and becomes 500.
 *
 * @since 1.0
 */
@ConsumerType
@FunctionalInterface
public interface AdminHandler {

    /** Answers a request whose credentials are in order. */
    AdminResponse handle(AdminRequest request) throws ControlRefused;
}
