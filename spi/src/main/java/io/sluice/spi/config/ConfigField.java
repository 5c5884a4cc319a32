package io.sluice.spi.config;

import java.util.Objects;

/**
 * One place outside the extension's own object from which its configuration comes: a well-known field of a definition
 * ({@code enable_proxy_protocol}, {@code allowed_ips}) or of the settings.
 *
 * @param role      what the field does
 * @param path      where it stands: member names from the root, joined by dots ({@code proxy.send_proxy_protocol})
 * @param component the field of the configuration record that it sets, in {@code snake_case}; empty for
 *                  {@link Role#SWITCH}, {@link Role#CONFIG} and {@link Role#PROBE_SWITCH}
 * @since 1.0
 */
public record ConfigField(Role role, String path, String component) {

    /** What a {@link ConfigField} does. */
    public enum Role {
        /** A boolean of the definition: {@code true} switches the extension on for the service. */
        SWITCH,
        /**
         * The value is the whole configuration (an object, or the record's {@link Shorthand}). Its presence switches the
         * extension on, unless the extension also has a {@link #SWITCH}.
         */
        CONFIG,
        /** The value is one component of the configuration; it switches nothing on. */
        VALUE,
        /** A field of the settings file: the component's value where the definition gives none. */
        SETTING,
        /**
         * A boolean in an entry of {@code uptime_tests.check_list}, of a layer towards targets: switches the layer on or
         * off for the probes of that check, whatever holds for connections.
         */
        PROBE_SWITCH
    }

    public ConfigField {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(component, "component");
    }

    /** A boolean of the definition that switches the extension on. */
    public static ConfigField switchedBy(String path) {
        return new ConfigField(Role.SWITCH, path, "");
    }

    /** A boolean in an entry of {@code uptime_tests.check_list} that switches the extension for that check's probes. */
    public static ConfigField probeSwitch(String field) {
        return new ConfigField(Role.PROBE_SWITCH, field, "");
    }

    /** A field of the definition that holds the whole configuration. */
    public static ConfigField config(String path) {
        return new ConfigField(Role.CONFIG, path, "");
    }

    /** A field of the definition that holds one component of the configuration. */
    public static ConfigField value(String path, String component) {
        return new ConfigField(Role.VALUE, path, component);
    }

    /** A field of the settings that holds the default of one component. */
    public static ConfigField setting(String path, String component) {
        return new ConfigField(Role.SETTING, path, component);
    }
}
