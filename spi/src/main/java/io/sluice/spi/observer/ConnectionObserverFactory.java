package io.sluice.spi.observer;

import io.sluice.spi.config.Configured;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of connection observer. Every installed one watches every connection of the gateway.
 *
 * <p>Its record is bound to {@link #settingsPath()} of the settings file.
 *
 * <p><b>When called.</b> {@link #create} once when the plugin becomes active, and again when its settings change.<br>
 * <b>Thread.</b> A control thread; may block.<br>
 * <b>On failure.</b> An exception becomes a problem; the gateway runs without this observer (or with the one before).
 *
 * @param <C> the configuration record
 * @since 1.0
 */
@ConsumerType
public interface ConnectionObserverFactory<C extends Record> extends Configured<C> {

    /**
     * Makes an observer. It is closed when it is replaced and when the gateway stops.
     *
     * @param config bound and checked against the record's own rules
     * @param base   the gateway's base folder, from which relative paths in the settings count
     */
    ConnectionObserver create(C config, Path base);

    /**
     * Looks whether {@link #create} could make one now: a folder that is not there, a file that may not be written. Makes
     * nothing and changes nothing; what would keep {@code create} from its work is thrown as it would throw it.
     *
     * <p><b>When called.</b> By {@code sluice check} and for the preview of a reload, beside a gateway that may be at work.
     */
    default void check(C config, Path base) {
    }

    /** Where in the settings file the record stands: member names from the root, joined by dots. */
    default String settingsPath() {
        return "plugin_settings." + name();
    }
}
