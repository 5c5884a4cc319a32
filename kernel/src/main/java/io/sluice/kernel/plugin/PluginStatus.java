package io.sluice.kernel.plugin;

import java.util.List;

/**
 * One plugin as people see it.
 *
 * @param name       its name; the file's name while nothing better is known
 * @param version    its version; may be empty
 * @param file       the file or folder that it came from
 * @param state      what has become of it
 * @param reason     one sentence; empty when the state says it all
 * @param provides   the extensions it offers
 * @param generation counts its contents, from 1; 0 when none was loaded
 * @param users      plans, sessions and probes that hold it
 */
public record PluginStatus(String name, String version, String file, PluginState state, String reason,
        List<Provided> provides, long generation, long users) {

    /** An extension: its kind (the SPI interface's simple name) and the name it is reachable by. */
    public record Provided(String kind, String name) {
    }
}
