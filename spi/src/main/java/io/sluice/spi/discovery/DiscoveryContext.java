package io.sluice.spi.discovery;

import io.sluice.spi.json.Json;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a running discovery may use. Valid until its {@link TargetLookup} is closed, on any thread.
 *
 * @since 1.0
 */
@ProviderType
public interface DiscoveryContext {

    /** The gateway's JSON. */
    Json json();

    /** The folder that relative paths count from: {@code conf/}. Absolute. */
    Path folder();
}
