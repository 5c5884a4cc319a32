package io.sluice.plugins.filediscovery;

import io.sluice.spi.config.Findings;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.discovery.DiscoveryContext;
import io.sluice.spi.discovery.PreparedDiscovery;
import io.sluice.spi.discovery.TargetDiscovery;
import io.sluice.spi.discovery.TargetLookup;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;

/** {@code "service_discovery": { "name": "file", "path": "…" }}: targets from a JSON file. */
public final class FileDiscovery implements TargetDiscovery<FileConfig> {

    @Override
    public String name() {
        return "file";
    }

    @Override
    public Class<FileConfig> configType() {
        return FileConfig.class;
    }

    @Override
    public PreparedDiscovery prepare(FileConfig config, ServiceInfo service, Findings findings) {
        Path path = null;
        try {
            path = Path.of(config.path()).normalize();
        } catch (InvalidPathException e) {
            // said below
        }
        if (path == null || path.isAbsolute() || path.startsWith("..") || path.toString().isEmpty()) {
            findings.error("path", "\"" + config.path() + "\" (expected: a file below conf/, relative to it)",
                    "let whoever writes the file write it there");
            return null;
        }
        return new Prepared(path);
    }

    private record Prepared(Path path) implements PreparedDiscovery {

        @Override
        public TargetLookup begin(DiscoveryContext context) {
            return new FileLookup(context.folder(), path, context.json());
        }

        @Override
        public Duration refresh() {
            return Duration.ofSeconds(1);
        }
    }
}
