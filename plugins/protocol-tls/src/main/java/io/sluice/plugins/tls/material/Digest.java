package io.sluice.plugins.tls.material;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A SHA-256: a certificate's fingerprint, or a pin, which is that of its public key (SPKI, RFC 7469 2.4). */
public final class Digest {

    /** What a message says after "expected". */
    public static final String RULE = "a SHA-256 in base64 or hex";

    private static final int LENGTH = 32;
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
    /** As Tyk writes the id of a key in its store: an organisation's id in front. */
    private static final Pattern TYK = Pattern.compile("[0-9a-f]{24}[0-9a-f]{64}");

    private final byte[] bytes;

    private Digest(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The fingerprint of a certificate: SHA-256 of its DER. */
    public static Digest fingerprint(X509Certificate certificate) {
        try {
            return of(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    /** The pin of a certificate: SHA-256 of its SubjectPublicKeyInfo. */
    public static Digest pin(X509Certificate certificate) {
        return pin(certificate.getPublicKey());
    }

    /** The pin of a public key. */
    public static Digest pin(PublicKey key) {
        return of(key.getEncoded());
    }

    /** Of any bytes. */
    static Digest of(byte[] bytes) {
        try {
            return new Digest(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Reads hex, with colons or not, or base64, with {@code sha256/} in front or not; empty if it is neither. */
    public static Optional<Digest> parse(String written) {
        String text = written.strip();
        String hex = text.replace(":", "");
        if (TYK.matcher(hex).matches()) {
            hex = hex.substring(24);
        }
        if (HEX.matcher(hex).matches()) {
            return Optional.of(new Digest(HexFormat.of().parseHex(hex.toLowerCase(Locale.ROOT))));
        }
        String base64 = text.startsWith("sha256/") ? text.substring(7) : text;
        if (base64.length() > 44) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/'));
            return bytes.length == LENGTH ? Optional.of(new Digest(bytes)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** In lower-case hex. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** In base64. */
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && Arrays.equals(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
