package io.sluice.spi.discovery;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The running discovery of one service: asks where the targets are, again and again.
 *
 * <p><b>When called.</b> {@link #look} at once, then whenever the last answer is no longer valid or a pause after a
 * failure is over; never twice at a time.<br>
 * <b>Thread.</b> A thread that is kept for blocking work, not always the same one; never an event loop. It may block:
 * after 30 s it is interrupted, the attempt has failed, and if it is still not back 5 s later {@link #close} is called.
 * Nothing more is asked until it is back; then a new lookup is begun.<br>
 * <b>On failure.</b> Any exception means: the last good list stays, a problem is raised, and the kernel asks again
 * (see {@link PreparedDiscovery#refresh}). An answer without a single usable target is a failure too.
 *
 * <p>It must not leave threads behind: they would keep the plugin's class loader, and nobody would stop them.
 *
 * @since 1.0
 */
@ConsumerType
public interface TargetLookup extends AutoCloseable {

    /**
     * Asks once.
     *
     * @return all targets that there are now, and for how long that is known
     * @throws DiscoveryException   if they cannot be told; the message is shown to the operator
     * @throws InterruptedException if it took too long, or is no longer wanted
     */
    DiscoveryAnswer look() throws DiscoveryException, InterruptedException;

    /**
     * Ends the discovery. Called once, from any thread, also while {@link #look} runs on another; makes that return soon
     * and must not block. Afterwards nothing is called any more.
     */
    @Override
    default void close() {
    }
}
