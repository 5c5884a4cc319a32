package io.sluice.kernel.remote;

import io.sluice.kernel.config.ConfigText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The key of the admin API, or why there is none. A missing key is told only when the gateway asks for it: often the
 * gateway is not running, and that is what people need to hear.
 */
public final class AdminKey {

    /** Longer ones the gateway does not take either. */
    private static final int LONGEST = 4096;

    private final Optional<String> secret;
    private final String source;

    private interface Reading {

        String read(Path file) throws IOException;
    }

    private AdminKey(Optional<String> secret, String source) {
        this.secret = secret;
        this.source = source;
    }

    static AdminKey of(String secret) {
        return new AdminKey(Optional.of(secret), "the key of conf/sluice.json");
    }

    /** The key in a regular file; line ends around it do not count. */
    static AdminKey from(Path file) {
        return from(file, ConfigText::read);
    }

    /** The key in what a person names, which may be a pipe, as a shell makes one: {@code <(vault read …)}. */
    public static AdminKey given(Path file) {
        return from(file, Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file) ? AdminKey::spoken
                : ConfigText::read);
    }

    private static String spoken(Path pipe) throws IOException {
        try (InputStream in = Files.newInputStream(pipe)) {
            return new String(in.readNBytes(LONGEST + 2), StandardCharsets.UTF_8);
        }
    }

    private static AdminKey from(Path file, Reading reading) {
        try {
            String secret = reading.read(file).strip();
            boolean usable = !secret.isEmpty() && secret.length() <= LONGEST && secret.chars().allMatch(c -> c >= ' ' && c < 0x7f);
            return usable ? new AdminKey(Optional.of(secret), "the key in " + file)
                    : new AdminKey(Optional.empty(), file + " holds no key (expected: one line of visible ASCII, at most "
                            + LONGEST + " characters)");
        } catch (NoSuchFileException e) {
            return new AdminKey(Optional.empty(), file + " is not there");
        } catch (AccessDeniedException e) {
            return new AdminKey(Optional.empty(), file + " may not be read by this user");
        } catch (IOException e) {
            String why = ConfigText.why(e);
            return new AdminKey(Optional.empty(), file + " cannot be read: " + why
                    + (why.contains("(expected") ? "" : " (expected: a file that holds the key)"));
        }
    }

    /** The key in a file that the settings name, from the folder that they stand in. */
    static AdminKey named(String secretFile, Path conf) {
        try {
            return from(conf.resolve(secretFile));
        } catch (InvalidPathException e) {
            return new AdminKey(Optional.empty(), "secret_file: \"" + secretFile + "\" is no path (expected: a file that holds the"
                    + " key, relative to conf/)");
        }
    }

    Optional<String> secret() {
        return secret;
    }

    /** Why the gateway did not accept it. */
    String refusal() {
        return secret.isPresent() ? "the gateway does not accept " + source : "the gateway wants a key, and " + source;
    }

    /** Never the key itself. */
    @Override
    public String toString() {
        return source;
    }
}
