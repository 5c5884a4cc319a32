package io.sluice.kernel.gateway;

import io.sluice.kernel.config.ConfigText;
import io.sluice.kernel.config.Settings;
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

    private final Path conf;
    private final Path generated;
    private volatile byte[] hash;

    AdminSecret(Folders folders) {
        this.conf = folders.conf();
        this.generated = folders.data().resolve("admin-secret");
    }

    /** Takes it from the settings; answers what is wrong. While there is none, nobody is let in. */
    List<Problem> update(Settings settings) {
        ConfiguredKey configured = ConfiguredKey.of(settings, conf);
        if (!configured.field().isEmpty()) {
            hash = configured.key().map(AdminSecret::hash).orElse(null);
            return configured.problems();
        }
        try {
            hash = hash(own());
            return List.of();
        } catch (IOException e) {
            hash = null;
            return List.of(Problem.error("no_admin_key", Place.NONE, "the key of the admin API cannot be kept in " + generated
                    + ": " + ConfigText.why(e) + " (expected: a file that the gateway may read and write)",
                    "mend that, or set secret_file; until there is a key, the admin API lets nobody in"));
        }
    }

    private String own() throws IOException {
        if (Files.exists(generated)) {
            String kept = ConfigText.read(generated).strip();
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
