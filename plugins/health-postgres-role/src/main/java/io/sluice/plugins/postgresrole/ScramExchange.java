package io.sluice.plugins.postgresrole;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One login by SCRAM-SHA-256, without channel binding (RFC 5802, RFC 7677). */
final class ScramExchange {

    static final String NAME = "SCRAM-SHA-256";

    /** No channel binding. The name stays empty: PostgreSQL takes it from the startup message. */
    private static final String HEADER = "n,,";

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final Pattern CHALLENGE = Pattern.compile(
            "r=([!-+\\--~]{1,256}),s=([A-Za-z0-9+/=]{1,256}),i=([1-9][0-9]{0,6})");

    /** PostgreSQL's default is 4,096; a server must not make the probe hash for ever. */
    private static final int MOST_ITERATIONS = 600_000;

    private final Passwords passwords;
    private final String bare;
    private final String nonce;
    private byte[] signature;
    private boolean verified;

    ScramExchange(Passwords passwords) {
        this(passwords, "", nonce());
    }

    /** With the name and the nonce of a known exchange. */
    ScramExchange(Passwords passwords, String name, String nonce) {
        this.passwords = passwords;
        this.nonce = nonce;
        this.bare = "n=" + name + ",r=" + nonce;
    }

    private static String nonce() {
        byte[] bytes = new byte[18];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    String first() {
        return HEADER + bare;
    }

    /** The answer to the server's challenge; empty if it is none. */
    String proof(String challenge) {
        Matcher parts = CHALLENGE.matcher(challenge);
        if (signature != null || !parts.matches() || !parts.group(1).startsWith(nonce)
                || parts.group(1).equals(nonce) || Integer.parseInt(parts.group(3)) > MOST_ITERATIONS) {
            return "";
        }
        byte[] salt = decoded(parts.group(2));
        if (salt.length == 0) {
            return "";
        }
        byte[] salted = passwords.salted(salt, Integer.parseInt(parts.group(3)));
        String last = "c=" + Base64.getEncoder().encodeToString(HEADER.getBytes(StandardCharsets.US_ASCII))
                + ",r=" + parts.group(1);
        byte[] said = (bare + "," + challenge + "," + last).getBytes(StandardCharsets.US_ASCII);
        byte[] clientKey = hmac(salted, "Client Key".getBytes(StandardCharsets.US_ASCII));
        byte[] proof = hmac(sha256(clientKey), said);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= clientKey[i];
        }
        signature = hmac(hmac(salted, "Server Key".getBytes(StandardCharsets.US_ASCII)), said);
        return last + ",p=" + Base64.getEncoder().encodeToString(proof);
    }

    /** Whether the server's last word proves that it knows the password too. */
    boolean verify(String last) {
        verified = signature != null && last.startsWith("v=")
                && MessageDigest.isEqual(signature, decoded(last.substring(2)));
        return verified;
    }

    boolean isVerified() {
        return verified;
    }

    /** Nothing if it is no base64. */
    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HMAC with SHA-256", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
