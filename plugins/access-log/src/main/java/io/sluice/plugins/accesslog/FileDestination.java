package io.sluice.plugins.accesslog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A file that is appended to. When it was moved or removed (log rotation), or could not be written, it is opened anew, at
 * most once a second.
 */
final class FileDestination implements Destination {

    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

    private final Path path;
    private final LongSupplier nanoTime;
    private FileChannel channel;
    private Object key;
    private long looked;

    private FileDestination(Path path, LongSupplier nanoTime) {
        this.path = path;
        this.nanoTime = nanoTime;
    }

    static FileDestination open(Path path, LongSupplier nanoTime) throws IOException {
        FileDestination destination = new FileDestination(path.toAbsolutePath(), nanoTime);
        destination.looked = nanoTime.getAsLong();
        destination.open();
        return destination;
    }

    /** Whether it could be opened now, missing folders made; makes nothing. */
    static void check(Path path) throws IOException {
        Path file = path.toAbsolutePath();
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "Is a directory");
        }
        Path there = file;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!there.equals(file) && !Files.isDirectory(there)) {
            throw new FileAlreadyExistsException(there.toString());
        }
        if (!Files.isWritable(there)) {
            throw new AccessDeniedException(there.toString());
        }
    }

    @Override
    public void write(ByteBuffer lines) throws IOException {
        long now = nanoTime.getAsLong();
        if (now - looked >= PAUSE) {
            looked = now;
            if (channel == null || wasMoved()) {
                close();
                open();
            }
        }
        if (channel == null) {
            throw new IOException(path + " is not open; it is tried again within a second");
        }
        try {
            while (lines.hasRemaining()) {
                channel.write(lines);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void open() throws IOException {
        Files.createDirectories(path.getParent());
        boolean isPipe = Files.exists(path) && !Files.isRegularFile(path);
        // a pipe that is only written to cannot be opened before someone reads it: here nobody waits for that
        channel = isPipe ? FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)
                : FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        key = key();
    }

    /** Where the file system gives no keys, only a missing file is noticed. */
    private boolean wasMoved() {
        try {
            return !Objects.equals(key(), key);
        } catch (IOException e) {
            return true;
        }
    }

    private Object key() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }
}
