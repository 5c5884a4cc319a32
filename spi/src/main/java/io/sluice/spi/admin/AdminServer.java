package io.sluice.spi.admin;

import io.sluice.spi.config.Configured;
import io.sluice.spi.control.GatewayControl;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something that lets people and programs operate the gateway over a network. The kernel itself opens no such port.
 *
 * <p><b>When called.</b> {@link #start} once when the plugin becomes active, and again when its settings change or its
 * jar is replaced: then the running one is closed first, and started again if the new one fails.<br>
 * <b>Thread.</b> A control thread; may block for a few seconds. The server runs on threads of its own, never on an event
 * loop of the data path, and ends them all when it is closed.<br>
 * <b>On failure.</b> An exception becomes a problem; the gateway runs without this server.
 *
 * @param <C> the configuration record, bound to {@link #settingsPath} of the settings file
 * @since 1.0
 */
@ConsumerType
public interface AdminServer<C extends Record> extends Configured<C> {

    /**
     * Starts the server. A port that cannot be opened yet is no failure: it is reported to the door and tried again.
     *
     * @param config  bound and checked against the record's own rules
     * @param gateway what can be operated
     * @param door    who may come in, and what else is mounted
     */
    Running start(C config, GatewayControl gateway, AdminDoor door) throws Exception;

    /** Where in the settings file the record stands: member names from the root, joined by dots. */
    default String settingsPath() {
        return "plugin_settings." + name();
    }

    /** A server that runs. */
    interface Running extends AutoCloseable {

        /**
         * Ends it. Called once, on a control thread. When this returns, its port is free; requests in flight had a
         * moment to end, and none of its threads is left.
         */
        @Override
        void close();
    }
}
