package io.sluice.kernel.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Where the admin API's UNIX domain socket lies. */
public final class SocketPath {

    /** Of {@code sun_path} in sockaddr_un, without the zero at its end (unix(7)). */
    private static final int LONGEST = 107;

    private SocketPath() {
    }

    /**
     * The path of the socket; empty if there is none.
     *
     * @param data the folder that a relative path counts from
     */
    public static Optional<Path> of(Settings.Admin admin, Path data) {
        return isNone(admin) ? Optional.empty() : Optional.of(data.resolve(admin.socket()).toAbsolutePath().normalize());
    }

    /** The rule that {@code admin.socket} breaks, if it breaks one. */
    static Optional<String> mistake(Settings.Admin admin, Path data) {
        if (isNone(admin)) {
            return Optional.empty();
        }
        try {
            Path path = of(admin, data).orElseThrow();
            int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
            if (length > LONGEST) {
                return Optional.of("a path of at most " + LONGEST + " bytes; " + path + " has " + length);
            }
            return admin.socket().isBlank() || admin.socket().endsWith("/") || path.equals(data.toAbsolutePath().normalize())
                    || path.getFileName() == null ? Optional.of("the path of a file, relative to data/ or absolute")
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.of("the path of a file, relative to data/ or absolute");
        }
    }

    private static boolean isNone(Settings.Admin admin) {
        return admin.socket() == null || admin.socket().isEmpty() || admin.socket().equals("off");
    }
}
