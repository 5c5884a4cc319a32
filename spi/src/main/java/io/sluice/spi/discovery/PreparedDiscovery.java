package io.sluice.spi.discovery;

import java.time.Duration;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The discovery of one service, ready to begin. Immutable and thread-safe.
 *
 * @since 1.0
 */
@ConsumerType
public interface PreparedDiscovery {

    /**
     * Begins. Called before the first look when a service starts to run, after each change of the service, and after an
     * attempt that was cut short; on the thread that will look. An exception is a failed attempt.
     */
    TargetLookup begin(DiscoveryContext context);

    /**
     * The longest pause between two attempts while attempts fail: it is 1 s after the first failure and doubles up to
     * this. At least 1 s.
     */
    Duration refresh();
}
