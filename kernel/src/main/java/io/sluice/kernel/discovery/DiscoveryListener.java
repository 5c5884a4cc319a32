package io.sluice.kernel.discovery;

import java.time.Duration;
import java.util.List;

/**
 * Hears of one service's discovery: one call at a time, on a discovery thread, none after the watch was closed. Must not
 * block, and must not throw.
 */
public interface DiscoveryListener {

    /**
     * Every attempt that succeeded, also when nothing changed.
     *
     * @param targets at least one, each address once
     * @param leftOut sentences about what else the answer held; at most a few
     */
    void found(List<DiscoveredTarget> targets, List<String> leftOut);

    /**
     * An attempt that failed: the last good list stays.
     *
     * @param reason  one sentence
     * @param retryIn when the next one is made
     */
    void failed(String reason, Duration retryIn);
}
