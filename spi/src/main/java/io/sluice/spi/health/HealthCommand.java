package io.sluice.spi.health;

import io.sluice.spi.config.Configured;
import io.sluice.spi.config.Findings;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of step in a health conversation: what the {@code name} of an entry in {@code commands} says ({@code send},
 * {@code expect}). Its record is bound to that entry; the fields {@code name} and {@code timeout} are the kernel's.
 *
 * <p><b>When called.</b> {@link #prepare} once for each entry of a plan.<br>
 * <b>Thread.</b> A control thread; may block.<br>
 * <b>On failure.</b> An exception refuses the service and becomes a problem that names the plugin.
 *
 * @param <C> the configuration record
 * @since 1.0
 */
@ConsumerType
public interface HealthCommand<C extends Record> extends Configured<C> {

    /**
     * Prepares one entry: decodes, compiles, checks.
     *
     * @param config   bound and checked against the record's own rules
     * @param findings takes what is wrong or doubtful; an error refuses the service whatever is returned
     * @return the prepared command; may be {@code null} only after an error
     */
    PreparedCommand prepare(C config, Findings findings);
}
