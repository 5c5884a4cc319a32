package io.sluice.kernel.config;

import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The text of a file of the configuration, or the reason why there is none: a regular file of a size that somebody may
 * have written, so that reading it ends.
 */
public final class ConfigText {

    private static final int LARGEST_FILE = 4 * 1024 * 1024;

    private ConfigText() {
    }

    /** A file that can be read, but is no text that could be understood. */
    private static final class Unusable extends IOException {

        private final transient Place place;
        private final String hint;
        private final String nearly;

        private Unusable(String why, Place place, String hint) {
            this(why, place, hint, null);
        }

        private Unusable(String why, Place place, String hint, String nearly) {
            super(why);
            this.place = place;
            this.hint = hint;
            this.nearly = nearly;
        }
    }

    /** The whole text; an {@link IOException} says why there is none. */
    public static String read(Path file) throws IOException {
        if (Files.isSymbolicLink(file) && !Files.exists(file)) {
            throw new Unusable("it is a link that leads nowhere", Place.NONE, "correct the link, or remove it");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new Unusable(Files.isDirectory(file) ? "it is a folder" : "it is no regular file", Place.NONE,
                    "put a file of text in its place, or remove it");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST_FILE + 1);
        }
        if (bytes.length > LARGEST_FILE) {
            throw new Unusable("it has " + Files.size(file) + " bytes (expected: at most " + LARGEST_FILE + ")", Place.NONE,
                    "split it into several files");
        }
        return text(bytes);
    }

    private static String text(byte[] bytes) throws Unusable {
        if (bytes.length > 1 && (isBom(bytes) || bytes[0] == 0 ^ bytes[1] == 0)) {
            throw new Unusable("it is not UTF-8 text, but looks like UTF-16 or UTF-32 (expected: UTF-8)",
                    new Place("", 1, 1, ""), "save it as UTF-8");
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        out.flip();
        if (result.isError()) {
            Place place = end(out);
            throw new Unusable(String.format("it is not UTF-8 text: byte 0x%02X in line %d, column %d (expected: UTF-8)",
                    bytes[in.position()], place.line(), place.column()), place, "save it as UTF-8",
                    new String(bytes, StandardCharsets.UTF_8));
        }
        return out.toString();
    }

    private static boolean isBom(byte[] bytes) {
        int mark = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        return mark == 0xfeff || mark == 0xfffe;
    }

    private static Place end(CharSequence read) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < read.length(); i++) {
            boolean ends = read.charAt(i) == '\n';
            line += ends ? 1 : 0;
            column = ends ? 1 : column + 1;
        }
        return new Place("", line, column, "");
    }

    /** The problem that it is for a gateway that runs. */
    public static Problem unreadable(String name, IOException error) {
        Place place = error instanceof Unusable unusable && unusable.place.line() > 0
                ? new Place(name, unusable.place.line(), unusable.place.column(), "") : Place.file(name);
        String hint = error instanceof Unusable unusable ? unusable.hint : error instanceof AccessDeniedException
                ? "let the gateway's user read it" : "put it back, or make it readable";
        return Problem.error("file_unreadable", place, "the file cannot be read: " + why(error),
                hint + "; until then, what ran from it goes on");
    }

    /** What can be shown of a file all the same; {@code null} for nothing. */
    public static String nearly(IOException error) {
        return error instanceof Unusable unusable ? unusable.nearly : null;
    }

    /** Why, in words behind a colon. */
    public static String why(IOException error) {
        return error instanceof NoSuchFileException ? "it is not there"
                : error instanceof AccessDeniedException ? "this user may not read it"
                : error instanceof FileAlreadyExistsException ? "something else is in its place"
                : error instanceof FileSystemException system && system.getReason() != null ? system.getReason()
                : String.valueOf(error.getMessage());
    }
}
