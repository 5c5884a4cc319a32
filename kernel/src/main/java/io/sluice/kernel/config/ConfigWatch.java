package io.sluice.kernel.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Notices changes of files by looking at them. A change counts when two looks in a row see the same, so a file that is
 * being written, or a folder that is being swapped, counts once and as a whole. Not thread-safe; has no thread of its
 * own.
 */
public final class ConfigWatch {

    private final Supplier<List<Path>> files;
    private Map<Path, String> reported = Map.of();
    private Map<Path, String> seen = Map.of();

    /**
     * @param files the files to look at; asked at each look, so that new ones are noticed
     */
    public ConfigWatch(Supplier<List<Path>> files) {
        this.files = files;
    }

    /** Says that the files are about to be read: only what differs from now on is a change. */
    public void reading() {
        reported = look();
        seen = reported;
    }

    /** The same for files that have joined since {@link #reading}. */
    public void readingMore() {
        Map<Path, String> all = look();
        all.putAll(reported);
        reported = all;
        seen = all;
    }

    /**
     * Looks once; {@code true} when something has changed since it was read, or since the last {@code true}, and stands
     * still.
     */
    public boolean changed() {
        Map<Path, String> now = look();
        boolean stable = now.equals(seen);
        seen = now;
        if (!stable || now.equals(reported)) {
            return false;
        }
        reported = now;
        return true;
    }

    private Map<Path, String> look() {
        Map<Path, String> marks = new TreeMap<>();
        for (Path file : files.get()) {
            marks.put(file, mark(file));
        }
        return marks;
    }

    /** Follows symbolic links, so a link that is turned to another file is a change. */
    private static String mark(Path file) {
        try {
            BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
            return a.size() + " " + a.lastModifiedTime().to(
TimeUnit.NANOSECONDS) + " " + a.fileKey();
        } catch (IOException e) {
            return "absent";
        }
    }
}
