package io.sluice.kernel.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/** What a file looks like from outside: as long as its mark stays the same, nobody has written to it. */
public final class FileMark {

    /** Of a file that is not there, or cannot be looked at. */
    public static final String ABSENT = "absent";

    private FileMark() {
    }

    /** Follows symbolic links, so a link that is turned to another file is a change. */
    public static String of(Path file) {
        try {
            BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
            return a.size() + " " + a.lastModifiedTime().to(TimeUnit.NANOSECONDS) + " " + a.fileKey();
        } catch (IOException e) {
            return ABSENT;
        }
    }
}
