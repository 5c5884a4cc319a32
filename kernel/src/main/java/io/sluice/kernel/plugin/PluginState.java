package io.sluice.kernel.plugin;

/** What has become of a file in a plugins folder. The same words in the log, the commands and the API. */
public enum PluginState {
    /** Its extensions can be used. */
    ACTIVE,
    /** A newer content serves; this one goes on until its last user has ended. */
    DRAINING,
    /** It cannot be loaded. */
    REJECTED,
    /** A higher version of the same plugin serves. */
    SUPERSEDED,
    /** One of its extension names belongs to another plugin. */
    CONFLICT,
    /** Its file is gone, but it is in use and goes on. */
    MISSING_FILE,
    /** It was loaded, and does not work, or a part of it does not any more. */
    FAILED
}
