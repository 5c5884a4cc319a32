package io.sluice.spi.control;

import java.util.List;

/**
 * A plugin.
 *
 * @param name       its name; the file's name while nothing better is known
 * @param version    its version; may be empty
 * @param file       the file or folder that it came from; empty for a generation that goes on without one
 * @param state      what has become of it: {@code ACTIVE}, {@code DRAINING}, {@code REJECTED}, {@code SUPERSEDED},
 *                   {@code CONFLICT}, {@code MISSING_FILE}, {@code FAILED}
 * @param reason     one sentence; {@code null} when the state says it all
 * @param provides   the extensions it offers
 * @param generation counts its contents, from 1; 0 when none was loaded
 * @param users      plans, sessions and probes that hold it
 * @since 1.0
 */
public record PluginStatus(String name, String version, String file, String state, @Nullable String reason,
        List<Provided> provides, long generation, long users) {

    public PluginStatus {
        provides = List.copyOf(provides);
    }

    /**
     * An extension.
     *
     * @param kind the SPI interface's simple name
     * @param name the name that it is reachable by
     */
    public record Provided(String kind, String name) {
    }
}
