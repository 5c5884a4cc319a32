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
     * Begins. Called on a control thread when the service starts to run, and again after each change of it; must not
     * block. An exception becomes a problem, and the service goes on with its static targets.
     */
    TargetLookup begin(DiscoveryContext context);

    /**
     * The longest pause between two attempts while attempts fail: it is 1 s after the first failure and doubles up to
     * this. At least 1 s.
     */
    Duration refresh();
}
