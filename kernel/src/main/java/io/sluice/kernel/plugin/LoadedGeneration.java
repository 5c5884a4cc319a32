package io.sluice.kernel.plugin;

import io.sluice.spi.Extension;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.Bundle;

/**
 * A generation that is in the framework. Born with one hold: the host's own, which it gives up when the generation is
 * no longer offered to new plans.
 */
final class LoadedGeneration implements Generation {

    private final String plugin;
    private final String version;
    private final long number;
    private final String file;
    private final String hash;
    private final Bundle bundle;
    private final List<Found> extensions;
    private final Runnable atZero;
    private final AtomicLong holds = new AtomicLong(1);
    private boolean offered = true;

    /** An extension, the kind that it was registered as, and what it said of itself when it was loaded. */
    record Found(Class<? extends Extension> kind, Extension extension, String name, boolean isDefault) {
    }

    LoadedGeneration(Candidate candidate, long number, String file, Bundle bundle, List<Found> extensions, Runnable atZero) {
        this.plugin = candidate.name();
        this.version = candidate.version().toString();
        this.hash = candidate.hash();
        this.number = number;
        this.file = file;
        this.bundle = bundle;
        this.extensions = List.copyOf(extensions);
        this.atZero = atZero;
    }

    @Override
    public String plugin() {
        return plugin;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public String file() {
        return file;
    }

    String hash() {
        return hash;
    }

    Bundle bundle() {
        return bundle;
    }

    List<Found> extensions() {
        return extensions;
    }

    @Override
    public void retain() {
        if (holds.getAndUpdate(n -> n == 0 ? 0 : n + 1) == 0) {
            throw new IllegalStateException(this + " has ended");
        }
    }

    @Override
    public void release() {
        long left = holds.decrementAndGet();
        if (left < 0) {
            throw new IllegalStateException(this + " was released more often than retained");
        }
        if (left == 0) {
            atZero.run();
        }
    }

    /** How many hold it, the host not counted. */
    long users() {
        return Math.max(0, holds.get() - (offered ? 1 : 0));
    }

    boolean hasEnded() {
        return holds.get() == 0;
    }

    /** Gives up the host's own hold; control thread only. */
    void withdraw() {
        if (offered) {
            offered = false;
            release();
        }
    }

    @Override
    public String toString() {
        return plugin + " " + version + " (generation " + number + ")";
    }
}
