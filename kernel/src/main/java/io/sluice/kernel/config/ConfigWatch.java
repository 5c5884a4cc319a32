package io.sluice.kernel.config;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Notices changes of files by looking at them. A change counts when two looks in a row see the same, so a file that is
 * being written, or a folder that is being swapped, counts once and as a whole. Not thread-safe; has no thread of its
 * own.
 */
public final class ConfigWatch {

    private final Supplier<? extends Collection<Path>> files;
    private Map<Path, String> reported = Map.of();
    private Map<Path, String> seen = Map.of();

    /**
     * @param files the files to look at; asked at each look, so that new ones are noticed
     */
    public ConfigWatch(Supplier<? extends Collection<Path>> files) {
        this.files = files;
    }

    /** Says that the files are about to be read: only what differs from now on is a change. */
    public void reading() {
        reported = look();
        seen = reported;
    }

    /**
     * Says that the files were read when they looked like this: what differs from it is a change, whether it came before
     * or after this call.
     */
    public void read(Map<Path, String> marks) {
        reported = new TreeMap<>(marks);
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

    /** Whether anything is other now than it was when it was read, still moving or not. */
    public boolean differs() {
        return !look().equals(reported);
    }

    private Map<Path, String> look() {
        Map<Path, String> marks = new TreeMap<>();
        for (Path file : files.get()) {
            marks.put(file, FileMark.of(file));
        }
        return marks;
    }
}
