package io.sluice.spi.discovery;

import io.sluice.spi.config.Configured;
import io.sluice.spi.config.Findings;
import io.sluice.spi.connection.ServiceInfo;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of discovery: what the {@code name} in {@code proxy.service_discovery} says ({@code dns}, {@code file}). Its
 * record is bound to that object, without {@code name}. One that {@link #isDefault()} serves an object that has no
 * {@code name}; with a {@linkplain io.sluice.spi.config.ConfigField#switchedBy switch} only where that is {@code true}.
 *
 * <p><b>When called.</b> {@link #prepare} once for each service of a plan that uses it, and once for each check of a
 * definition.<br>
 * <b>Thread.</b> A control thread; must not ask the network.<br>
 * <b>On failure.</b> An exception refuses the service and becomes a problem that names the plugin.
 *
 * @param <C> the configuration record
 * @since 1.0
 */
@ConsumerType
public interface TargetDiscovery<C extends Record> extends Configured<C> {

    /**
     * Prepares the discovery of one service: checks and parses, and opens nothing.
     *
     * @param config   bound and checked against the record's own rules
     * @param service  the service
     * @param findings takes what is wrong or doubtful; an error refuses the service whatever is returned
     * @return the prepared discovery; may be {@code null} only after an error
     */
    PreparedDiscovery prepare(C config, ServiceInfo service, Findings findings);
}
