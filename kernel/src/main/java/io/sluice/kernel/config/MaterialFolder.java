package io.sluice.kernel.config;

import io.sluice.spi.config.Material;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files below {@code conf/} that definitions refer to: reads them, and remembers what they looked like. A file whose
 * mark has not changed is not read a second time to find out whether its contents have. One control thread.
 */
public final class MaterialFolder {

    private static final String UNREADABLE = "unreadable: ";

    private final Path conf;
    private final Map<Path, Known> known = new HashMap<>();
    private final Map<Path, FileMark> marks = new TreeMap<>();

    /** A file at one moment. */
    private record Known(FileMark mark, String state) {
    }

    /** A file that cannot be used. */
    static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1;

        Unreadable(String why) {
            super(why);
        }
    }

    /**
     * @param conf the folder from which relative paths count
     */
    public MaterialFolder(Path conf) {
        this.conf = conf.toAbsolutePath().normalize();
    }

    Path conf() {
        return conf;
    }

    /** Begins a plan: {@link #marks} tells what is looked at from here on. */
    public void planning() {
        known.keySet().retainAll(marks.keySet());
        marks.clear();
    }

    /** What each file that was looked at for this plan looked like then, missing ones included. */
    public Map<Path, FileMark> marks() {
        return new TreeMap<>(marks);
    }

    /** A word for a file's contents: equal words, equal contents. Reads the file if it looks different from before. */
    public String state(Path file) {
        FileMark mark = look(file);
        Known before = known.get(file);
        // what kept it from being read may be over without a trace in the mark: no descriptor was free, a disk was away
        if (before == null || !before.mark().equals(mark) || before.state().startsWith(UNREADABLE)) {
            try {
                read(file);
            } catch (Unreadable e) {
                // the state says so
            }
        }
        return known.get(file).state();
    }

    /** The same, if it can be read. */
    public Optional<String> readable(Path file) {
        return Optional.of(state(file)).filter(state -> !state.startsWith(UNREADABLE));
    }

    /** The contents. */
    byte[] read(Path file) throws Unreadable {
        FileMark mark = look(file);
        try {
            byte[] bytes = contents(file);
            known.put(file, new Known(mark, sha256(bytes)));
            return bytes;
        } catch (Unreadable e) {
            known.put(file, new Known(mark, UNREADABLE + e.getMessage()));
            throw e;
        }
    }

    /** The first look in a plan counts: a change after it is found by comparing with it. */
    private FileMark look(Path file) {
        return marks.computeIfAbsent(file, FileMark::of);
    }

    private static byte[] contents(Path file) throws Unreadable {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new Unreadable(Files.isDirectory(file) ? "it is a folder" : "it is no regular file");
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(Material.LARGEST + 1);
                if (bytes.length > Material.LARGEST) {
                    throw new Unreadable("it is larger than " + Material.LARGEST + " bytes");
                }
                return bytes;
            }
        } catch (NoSuchFileException e) {
            throw new Unreadable("there is no such file");
        } catch (AccessDeniedException e) {
            throw new Unreadable("this user may not read it");
        } catch (IOException e) {
            throw new Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
