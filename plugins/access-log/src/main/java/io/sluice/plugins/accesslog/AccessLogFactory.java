package io.sluice.plugins.accesslog;

import io.sluice.spi.observer.ConnectionObserver;
import io.sluice.spi.observer.ConnectionObserverFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** {@code access_log} of the settings: one line per connection, on standard output or in a file. */
public final class AccessLogFactory implements ConnectionObserverFactory<AccessLogConfig> {

    @Override
    public String name() {
        return "access_log";
    }

    @Override
    public Class<AccessLogConfig> configType() {
        return AccessLogConfig.class;
    }

    @Override
    public String settingsPath() {
        return "access_log";
    }

    @Override
    public ConnectionObserver create(AccessLogConfig config, Path base) {
        if (!config.enabled()) {
            return new ConnectionObserver() {
            };
        }
        LineFormat format = switch (config.format()) {
            case JSON -> new JsonLines();
            case HAPROXY_TCPLOG -> new TcplogLines();
        };
        return AccessLog.start(format, destination(config.file(), base));
    }

    private static Destination destination(String file, Path base) {
        if (file == null) {
            return new StandardOutput();
        }
        try {
            return FileDestination.open(base.resolve(file), System::nanoTime);
        } catch (IOException e) {
            throw new UncheckedIOException("access_log.file: " + file + " (expected: a file that can be written): "
                    + e, e);
        }
    }
}
