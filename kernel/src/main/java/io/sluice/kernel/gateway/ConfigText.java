package io.sluice.kernel.gateway;

import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The text of a file of the configuration, or the reason why there is none. */
final class ConfigText {

    private static final int LARGEST_FILE = 4 * 1024 * 1024;

    private ConfigText() {
    }

    static String read(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(Files.isDirectory(file) ? "it is a folder" : "it is no regular file");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST_FILE + 1);
        }
        if (bytes.length > LARGEST_FILE) {
            throw new IOException("it has " + Files.size(file) + " bytes (expected: at most " + LARGEST_FILE + ")");
        }
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    static Problem unreadable(String name, IOException error) {
        return Problem.error("file_unreadable", Place.file(name), "the file cannot be read: " + why(error),
                "what ran from it goes on");
    }

    static String why(IOException error) {
        return error instanceof CharacterCodingException ? "it is not UTF-8 text"
                : error instanceof NoSuchFileException ? "it is not there"
                : error instanceof AccessDeniedException ? "this user may not read it"
                : error instanceof FileAlreadyExistsException ? "something else is in its place"
                : error instanceof FileSystemException system && system.getReason() != null ? system.getReason()
                : String.valueOf(error.getMessage());
    }
}
