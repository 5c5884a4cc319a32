package io.sluice.plugins.filediscovery;

import io.sluice.spi.discovery.DiscoveryAnswer;
import io.sluice.spi.discovery.DiscoveryException;
import io.sluice.spi.discovery.TargetLookup;
import io.sluice.spi.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * Reads a file again and again, and its JSON whenever the contents differ: time stamps do not tell of two changes within
 * one tick, and container mounts hide changes from watchers.
 */
final class FileLookup implements TargetLookup {

    static final int LARGEST = 4 * 1024 * 1024;

    private static final Duration EVERY = Duration.ofMillis(500);
    /** A file that is just being written is complete by then, or the next look finds it so. */
    private static final long SECOND_LOOK_MILLIS = 100;

    private final Path folder;
    private final Path path;
    private final Json json;
    private byte[] last;
    private DiscoveryAnswer answer;

    FileLookup(Path folder, Path path, Json json) {
        this.folder = folder;
        this.path = path;
        this.json = json;
    }

    @Override
    public DiscoveryAnswer look() throws DiscoveryException, InterruptedException {
        try {
            return once();
        } catch (DiscoveryException e) {
            Thread.sleep(SECOND_LOOK_MILLIS);
            return once();
        }
    }

    private DiscoveryAnswer once() throws DiscoveryException {
        byte[] now = read();
        if (!Arrays.equals(now, last)) {
            try {
                answer = new DiscoveryAnswer(new ListedTargets(json).read(new String(now, StandardCharsets.UTF_8)), EVERY);
                last = now;
            } catch (DiscoveryException e) {
                throw new DiscoveryException(path + ": " + e.getMessage(), e);
            }
        }
        return answer;
    }

    private byte[] read() throws DiscoveryException {
        Path file = folder.resolve(path);
        try {
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                throw new DiscoveryException(path + " is a link that leads out of conf/ (expected: a file below conf/)");
            }
            if (!Files.isRegularFile(file)) {
                throw new DiscoveryException(path + " is no file (expected: a JSON file)");
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    throw new DiscoveryException(path + " is larger than " + LARGEST / 1024 / 1024 + " MiB");
                }
                return bytes;
            }
        } catch (NoSuchFileException e) {
            throw new DiscoveryException(path + " does not exist (expected: a JSON file below conf/)", e);
        } catch (IOException e) {
            throw new DiscoveryException(path + " cannot be read: " + e, e);
        }
    }
}
