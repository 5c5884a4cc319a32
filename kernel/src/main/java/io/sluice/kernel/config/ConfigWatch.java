package io.sluice.kernel.config;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Notices changes of files by looking at them. A change counts when two looks in a row see the same, so a file that is
 * being written, or a folder that is being swapped, counts once and as a whole. Not thread-safe; has no thread of its
 * own.
 */
public final class ConfigWatch {

    private final Supplier<? extends Collection<Path>> files;
    private Map<Path, FileMark> reported = new HashMap<>();
    private Map<Path, FileMark> seen = reported;

    /**
     * @param files the files to look at; asked at each look, so that new ones are noticed
     */
    public ConfigWatch(Supplier<? extends Collection<Path>> files) {
        this.files = files;
    }

    /**
     * Says that the files were read when they looked like this: what differs from it is a change, whether it came before
     * or after this call.
     */
    public void read(Map<Path, FileMark> marks) {
        reported = new HashMap<>(marks);
        seen = reported;
    }

    /** The same for one file, one that is gone included; the others are what they were. */
    public void read(Path file, FileMark mark) {
        set(reported, file, mark);
        set(seen, file, mark);
    }

    private static void set(Map<Path, FileMark> marks, Path file, FileMark mark) {
        if (mark.equals(FileMark.ABSENT)) {
            marks.remove(file);
        } else {
            marks.put(file, mark);
        }
    }

    /**
     * Looks once; {@code true} when something has changed since it was read, or since the last {@code true}, and stands
     * still.
     */
    public boolean changed() {
        Map<Path, FileMark> now = look();
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

    /** The same for one file, without a look at any other. */
    public boolean differs(Path file) {
        return !FileMark.of(file).equals(reported.getOrDefault(file, FileMark.ABSENT));
    }

    private Map<Path, FileMark> look() {
        Map<Path, FileMark> marks = new HashMap<>();
        for (Path file : files.get()) {
            marks.put(file, FileMark.of(file));
        }
        return marks;
    }
}
