package io.sluice.kernel.config;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a file looks like from outside: as long as its mark stays the same, nobody has written to it. Where the system
 * keeps the time of the last change of any kind (ctime), which nobody can set back, rights that were given are a change
 * too, and so is a text of the same length with the same time.
 *
 * @param size     in bytes
 * @param modified nanoseconds since 1970
 * @param changed  the same for the last change of any kind; 0 where the system does not tell
 * @param key      which file it is, where the system tells
 */
public record FileMark(long size, long modified, long changed, Object key) {

    /** Of a file that is not there, or cannot be looked at. */
    public static final FileMark ABSENT = new FileMark(-1, 0, 0, null);

    /** Two writes within a moment may leave the same mark. */
    private static final Duration MOMENT = Duration.ofSeconds(2);

    private static final String ATTRIBUTES = FileSystems.getDefault().supportedFileAttributeViews().contains("unix")
            ? "unix:size,lastModifiedTime,fileKey,ctime" : "size,lastModifiedTime,fileKey";

    /** Follows symbolic links, so a link that is turned to another file is a change. */
    public static FileMark of(Path file) {
        try {
            Map<String, Object> a = Files.readAttributes(file, ATTRIBUTES);
            return new FileMark((long) a.get("size"), nanos(a.get("lastModifiedTime")), nanos(a.get("ctime")), a.get("fileKey"));
        } catch (IOException e) {
            return ABSENT;
        }
    }

    private static long nanos(Object time) {
        return time instanceof FileTime at ? at.to(TimeUnit.NANOSECONDS) : 0;
    }

    /** Whether the last change is so long ago that a later one leaves another mark. */
    public boolean isSettled(Instant now) {
        return TimeUnit.NANOSECONDS.toMillis(Math.max(modified, changed)) < now.minus(MOMENT).toEpochMilli();
    }
}
