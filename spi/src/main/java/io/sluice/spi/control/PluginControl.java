package io.sluice.spi.control;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The plugins.
 *
 * @since 1.0
 */
@ProviderType
public interface PluginControl {

    /** All of them, those included that go on only for their last users. */
    List<PluginStatus> all();

    /**
     * Unloads a plugin by force: services that need it are refused, their listeners and probes stop, their connections
     * are closed. It stays away until its file changes.
     *
     * @throws ControlRefused if there is none with that name
     */
    void unload(String name) throws ControlRefused;
}
