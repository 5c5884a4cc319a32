package io.sluice.kernel.upstream;

import io.sluice.kernel.plugin.Generation;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A slice of a plan at work, and with it the plugin generations that it runs through: held by the runtime while it is
 * current and by each session on it; at zero the generations are released. Thread-safe.
 */
public abstract class Counted {

    private final AtomicInteger holds = new AtomicInteger(1);
    private final Set<Generation> generations;

    protected Counted(Set<Generation> generations) {
        this.generations = generations;
        generations.forEach(Generation::retain);
    }

    /** Takes part in it; {@code false} if it has already ended. */
    public final boolean retain() {
        return holds.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
    }

    /** Ends what the constructor or {@link #retain} began. */
    public final void release() {
        if (holds.decrementAndGet() == 0) {
            ended();
            generations.forEach(Generation::release);
        }
    }

    /** Called once, when nobody takes part any more. */
    protected void ended() {
    }
}
