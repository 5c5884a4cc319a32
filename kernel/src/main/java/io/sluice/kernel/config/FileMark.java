package io.sluice.kernel.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * What a file looks like from outside: as long as its mark stays the same, nobody has written to it.
 *
 * @param size     in bytes
 * @param modified nanoseconds since 1970
 * @param key      which file it is, where the system tells
 */
public record FileMark(long size, long modified, Object key) {

    /** Of a file that is not there, or cannot be looked at. */
    public static final FileMark ABSENT = new FileMark(-1, 0, null);

    /** Follows symbolic links, so a link that is turned to another file is a change. */
    public static FileMark of(Path file) {
        try {
            BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileMark(a.size(), a.lastModifiedTime().to(TimeUnit.NANOSECONDS), a.fileKey());
        } catch (IOException e) {
            return ABSENT;
        }
    }
}
