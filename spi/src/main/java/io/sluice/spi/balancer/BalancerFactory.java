package io.sluice.spi.balancer;

import io.sluice.spi.config.Configured;
import io.sluice.spi.connection.ServiceInfo;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of balancer: what a definition's {@code proxy.balancer} names.
 *
 * <p><b>When called.</b> {@link #create} once for each service that is new or changed in a plan.<br>
 * <b>Thread.</b> A control thread; may block.<br>
 * <b>On failure.</b> An exception refuses that service and becomes a problem that names the plugin.
 *
 * @param <C> the configuration record
 * @since 1.0
 */
@ConsumerType
public interface BalancerFactory<C extends Record> extends Configured<C> {

    /** Makes the balancer of one service. It has no targets until {@link Balancer#targets} is called. */
    Balancer create(C config, ServiceInfo service);
}
