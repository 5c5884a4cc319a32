package io.sluice.spi.protocol;

import io.sluice.spi.config.Configured;
import io.sluice.spi.config.Findings;
import io.sluice.spi.connection.ServiceInfo;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of layer on the upstream's side of a connection: what a target's scheme names ({@code tcp://}, {@code tls://}),
 * or what a field of a definition switches on ({@code proxy.send_proxy_protocol}).
 *
 * <p><b>When called.</b> {@link #layer} once for each service that is new or changed in a plan and has a target that
 * needs it.<br>
 * <b>Thread.</b> A control thread; may block.<br>
 * <b>On failure.</b> An exception refuses that service and becomes a problem that names the plugin.
 *
 * @param <C> the configuration record
 * @since 1.0
 */
@ConsumerType
public interface UpstreamProtocol<C extends Record> extends Configured<C> {

    /**
     * Builds the layer of one service's connections to its targets.
     *
     * @param config   bound and checked against the record's own rules
     * @param service  the service
     * @param findings takes what is wrong or doubtful; an error refuses the service whatever is returned
     * @return the layer; may be {@code null} only after an error
     */
    UpstreamLayer layer(C config, ServiceInfo service, Findings findings);
}
