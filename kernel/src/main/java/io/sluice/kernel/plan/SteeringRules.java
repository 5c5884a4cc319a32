package io.sluice.kernel.plan;

import io.sluice.kernel.config.Definition.OnAllDown;
import io.sluice.kernel.config.Definition.OnTargetDown;
import java.time.Duration;

/**
 * How the state of targets decides about connections.
 *
 * @param checksSteer   whether results of checks decide; if not, they are only shown
 * @param singlePrimary whether at most one target may be healthy
 * @param onAllDown     what becomes of new connections when no target is healthy
 * @param onTargetDown  what becomes of the live connections of a target that went down
 * @param slowStart     how long a target that came back takes to its full share; zero = none
 * @param drain         how long live connections may go on where they drain; zero = as long as they want
 */
public record SteeringRules(boolean checksSteer, boolean singlePrimary, OnAllDown onAllDown, OnTargetDown onTargetDown,
        Duration slowStart, Duration drain) {
}
