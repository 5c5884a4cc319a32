package io.sluice.spi.control;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The targets of the services that run. A target is named by its id or by {@code host:port}.
 *
 * @since 1.0
 */
@ProviderType
public interface TargetControl {

    /** All of them, in the order of their services. */
    List<TargetStatus> all();

    /** One of them. */
    Optional<TargetStatus> find(String service, String target);

    /** The latest probes of a target, the newest first; at most 20. */
    List<ProbeReport> probes(String service, String target) throws ControlRefused;

    /**
     * Runs a target's check now and waits for it: at most its own timeout. The result counts like any other. Where nothing
     * checks the target, the connection with its layers is the check: at most five seconds, and it counts for nothing.
     *
     * @throws ControlRefused if there is no such target, or too much is being probed on request
     */
    ProbeReport probe(String service, String target) throws ControlRefused;

    /**
     * Sets what operators say of a target.
     *
     * @param closing what becomes of its live connections
     * @return the target afterwards
     */
    TargetStatus set(String service, String target, TargetStatus.State state, Closing closing) throws ControlRefused;

    /**
     * What becomes of live connections.
     *
     * @param after   when those that are left are closed; zero = at once; empty = never
     */
    record Closing(Optional<Duration> after) {

        /** They go on. */
        public static final Closing NEVER = new Closing(Optional.empty());
    }

    /**
     * Tries a conversation without saving it. Nothing is expanded, and the result counts for nothing.
     *
     * @param check JSON text: one entry of {@code check_list}
     * @throws ControlRefused if it is not in order
     */
    ConversationReport converse(String check) throws ControlRefused;
}
