package io.sluice.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something that a plugin adds to the gateway, known to definitions by its name.
 *
 * <p>Implementations have a public constructor without parameters. The kernel creates one instance per plugin
 * generation (one content of one jar) on a control thread; the constructor must not start threads or open files. When
 * the plugin is replaced, a new instance is made from the new jar's own class loader and the old one lives on until the
 * last connection and the last probe that use it have ended.
 *
 * @since 1.0
 */
@ConsumerType
public interface Extension {

    /**
     * The word by which a definition asks for this extension, unique among extensions of the same kind.
     *
     * <p>Called once, when the plugin is loaded. Must match {@code [a-z][a-z0-9_]{0,63}}; a plugin with another name is
     * rejected. Of two plugins that claim one name the distribution's own keeps it, else the first by file name; the
     * other is reachable as {@code <plugin>:<name>}.
     */
    String name();

    /**
     * Whether a definition that names no extension of this kind, where it needs one, gets this one. Asked once, when the
     * plugin is loaded. If several say so, the first by name is taken.
     */
    default boolean isDefault() {
        return false;
    }
}
