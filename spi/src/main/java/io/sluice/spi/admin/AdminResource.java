package io.sluice.spi.admin;

import io.sluice.spi.config.Configured;
import io.sluice.spi.control.GatewayControl;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Routes and static content that every admin server mounts: another API, metrics, a dashboard.
 *
 * <p><b>When called.</b> {@link #mount} once when the plugin becomes active, and again when its settings change or its
 * jar is replaced.<br>
 * <b>Thread.</b> A control thread; may block.<br>
 * <b>On failure.</b> An exception becomes a problem; the gateway runs without these routes (or with those before).
 *
 * @param <C> the configuration record, bound to {@link #settingsPath} of the settings file
 * @since 1.0
 */
@ConsumerType
public interface AdminResource<C extends Record> extends Configured<C> {

    /**
     * Answers the routes.
     *
     * @param config  bound and checked against the record's own rules
     * @param gateway what can be operated
     */
    List<AdminRoute> mount(C config, GatewayControl gateway);

    /** Where in the settings file the record stands: member names from the root, joined by dots. */
    default String settingsPath() {
        return "plugin_settings." + name();
    }
}
