package io.sluice.kernel.gateway;

import io.sluice.kernel.config.Settings;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.store.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * The key of the admin API: {@code secret}, else the contents of {@code secret_file}, else one that is made at the first
 * start and kept in {@code data/admin-secret}. Only its hash is held. {@link #accepts} from any thread.
 */
final class AdminSecret {

    private static final int RANDOM_BYTES = 32;
    private static final int LONGEST_FILE = 4096;

    private final Path conf;
    private final Path generated;
    private volatile byte[] hash;

    AdminSecret(Folders folders) {
        this.conf = folders.conf();
        this.generated = folders.data().resolve("admin-secret");
    }

    /** Takes it from the settings; answers what is wrong. While there is none, nobody is let in. */
    List<Problem> update(Settings settings) {
        String field = settings.secret() != null ? "secret" : settings.secretFile() != null ? "secret_file" : "";
        try {
            String secret = field.equals("secret") ? settings.secret() : field.equals("secret_file")
                    ? read(conf.resolve(settings.secretFile())) : own();
            hash = secret.isEmpty() ? null : hash(secret);
            return secret.isEmpty() ? List.of(problem(settings, field, "is empty (expected: a key)")) : List.of();
        } catch (IOException e) {
            hash = null;
            return List.of(problem(settings, field, "cannot be read: " + e));
        }
    }

    private static Problem problem(Settings settings, String field, String what) {
        JsonValue value = settings.source().get(field);
        return Problem.error("no_admin_key", value == null ? Place.NONE : value.place(),
                (field.isEmpty() ? "the key of the admin API" : field) + " " + what,
                "until there is a key, the admin API lets nobody in");
    }

    private static String read(Path file) throws IOException {
        if (Files.size(file) > LONGEST_FILE) {
            throw new IOException("it has more than " + LONGEST_FILE + " bytes");
        }
        return Files.readString(file).strip();
    }

    private String own() throws IOException {
        if (Files.exists(generated)) {
            String kept = read(generated);
            if (!kept.isEmpty()) {
                return kept;
            }
        }
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        AtomicFile.writeSecret(generated, secret + "\n");
        return secret;
    }

    /** Whether a key is the right one. Hashes of equal length are compared, so the time says nothing. */
    boolean accepts(String key) {
        byte[] right = hash;
        return right != null && key != null && MessageDigest.isEqual(right, hash(key));
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
