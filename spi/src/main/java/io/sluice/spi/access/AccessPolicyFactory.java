package io.sluice.spi.access;

import io.sluice.spi.config.Configured;
import io.sluice.spi.config.Findings;
import io.sluice.spi.connection.ServiceInfo;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of access policy: what a definition's {@code access} names, or what one of its fields switches on.
 *
 * <p><b>When called.</b> {@link #create} once for each service that is new or changed in a plan and uses it.<br>
 * <b>Thread.</b> A control thread; may block.<br>
 * <b>On failure.</b> An exception refuses that service and becomes a problem that names the plugin.
 *
 * @param <C> the configuration record
 * @since 1.0
 */
@ConsumerType
public interface AccessPolicyFactory<C extends Record> extends Configured<C> {

    /**
     * Makes the policy of one service.
     *
     * @param config   bound and checked against the record's own rules
     * @param service  the service
     * @param findings takes what is wrong or doubtful; an error refuses the service whatever is returned
     * @return the policy; may be {@code null} only after an error
     */
    AccessPolicy create(C config, ServiceInfo service, Findings findings);

    /**
     * Whether decisions rest on the client's address. The kernel then refuses definitions in which anyone could claim
     * any address.
     */
    default boolean decidesByAddress() {
        return true;
    }
}
