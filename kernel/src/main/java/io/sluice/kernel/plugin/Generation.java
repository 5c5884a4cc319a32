package io.sluice.kernel.plugin;

/**
 * One content of one plugin, loaded. Counted by the current plan and by the sessions and probes whose own path runs
 * through it; at zero it is stopped and uninstalled. Thread-safe.
 */
public interface Generation {

    /** The plugin's name. */
    String plugin();

    /** The plugin's version as its manifest or file name says it. */
    String version();

    /** Counts from 1 for each plugin name. */
    long number();

    /** The file or folder that it came from, without its folder. */
    String file();

    /** Takes part in it. Throws {@link IllegalStateException} if it has already been released to zero. */
    void retain();

    /** Ends what {@link #retain} began. */
    void release();
}
