package io.sluice.plugins.postgresrole;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What an account proves itself with. Thread-safe; shared by all runs of one command, as stretching a password for SCRAM
 * takes thousands of hashes and its salt seldom changes.
 */
final class Passwords {

    private final String user;
    private final String password;
    private volatile Salted last;

    Passwords(String user, String password) {
        this.user = user;
        this.password = password;
    }

    String password() {
        return password;
    }

    /** For the MD5 login: both, hashed, and then with the server's salt, a character for each of its bytes. */
    String md5(String salt) {
        String inner = md5Hex((password + user).getBytes(StandardCharsets.UTF_8));
        return "md5" + md5Hex((inner + salt).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String md5Hex(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no MD5", e);
        }
    }

    /** For SCRAM: {@code SaltedPassword} of RFC 5802 3. Takes about a millisecond per thousand iterations. */
    byte[] salted(byte[] salt, int iterations) {
        Salted known = last;
        if (known == null || known.iterations != iterations || !Arrays.equals(known.salt, salt)) {
            known = new Salted(salt, iterations, stretched(salt, iterations));
            last = known;
        }
        return known.key;
    }

    /** NFKC stands in for SASLprep (RFC 4013): the two agree on what people type. */
    private byte[] stretched(byte[] salt, int iterations) {
        char[] prepared = Normalizer.normalize(password, Normalizer.Form.NFKC).toCharArray();
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(prepared, salt, iterations, 256)).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no PBKDF2 with SHA-256", e);
        }
    }

    private static final class Salted {

        private final byte[] salt;
        private final int iterations;
        private final byte[] key;

        Salted(byte[] salt, int iterations, byte[] key) {
            this.salt = salt;
            this.iterations = iterations;
            this.key = key;
        }
    }
}
