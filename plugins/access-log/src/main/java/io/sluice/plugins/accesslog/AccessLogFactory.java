package io.sluice.plugins.accesslog;

import io.sluice.spi.observer.ConnectionObserver;
import io.sluice.spi.observer.ConnectionObserverFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
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

    @Override
    public void check(AccessLogConfig config, Path base) {
        if (config.enabled() && config.file() != null) {
            try {
                FileDestination.check(path(config.file(), base));
            } catch (IOException e) {
                throw unwritable(config.file(), e);
            }
        }
    }

    private static Path path(String file, Path base) throws IOException {
        try {
            return base.resolve(file);
        } catch (InvalidPathException e) {
            throw new IOException("it is no path", e);
        }
    }

    private static UncheckedIOException unwritable(String file, IOException error) {
        return new UncheckedIOException("access_log.file: " + file + " (expected: a file that can be written): " + why(error), error);
    }

    private static String why(IOException error) {
        return error instanceof AccessDeniedException ? "this user may not write it"
                : error instanceof FileAlreadyExistsException ? "a file is in the place of its folder"
                : error instanceof NoSuchFileException ? "its folder is not there"
                : error instanceof FileSystemException system && system.getReason() != null ? system.getReason()
                : String.valueOf(error.getMessage());
    }

    private static Destination destination(String file, Path base) {
        if (file == null) {
            return new StandardOutput();
        }
        try {
            return FileDestination.open(path(file, base), System::nanoTime);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }
}
