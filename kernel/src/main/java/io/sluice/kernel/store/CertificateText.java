package io.sluice.kernel.store;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PEM text (RFC 7468) with a certificate, its chain and perhaps its key: as much as a store has to know of it. Whether a
 * service can use it is for the service's protocol to say.
 *
 * @param certificates the leaf first; at least one
 * @param hasKey       whether a private key stands in it
 */
public record CertificateText(List<X509Certificate> certificates, boolean hasKey) {

    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final int MOST_CERTIFICATES = 100;

    public CertificateText {
        certificates = List.copyOf(certificates);
    }

    /** What is not a certificate, or not its key. */
    public static final class Bad extends Exception {

        private static final long serialVersionUID = 1L;

        Bad(String message) {
            super(message);
        }
    }

    /** Reads a text; empty if it holds no certificate that can be read. */
    public static Optional<CertificateText> read(String text) {
        try {
            return Optional.of(of(text));
        } catch (Bad e) {
            return Optional.empty();
        }
    }

    private static CertificateText of(String text) throws Bad {
        List<X509Certificate> certificates = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find() && certificates.size() < MOST_CERTIFICATES) {
            if (blocks.group(1).equals("CERTIFICATE")) {
                certificates.add(certificate(blocks.group(2)));
            }
        }
        if (certificates.isEmpty()) {
            throw new Bad("no certificate (expected: PEM text that begins with -----BEGIN CERTIFICATE-----)");
        }
        return new CertificateText(certificates, text.contains("PRIVATE KEY-----"));
    }

    private static X509Certificate certificate(String base64) throws Bad {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(Base64.getMimeDecoder().decode(base64)));
        } catch (CertificateException | IllegalArgumentException e) {
            throw new Bad("a block that is no X.509 certificate");
        }
    }

    /** Reads a text that is to be stored: its key, if there is one, must be the leaf's. */
    public static CertificateText checked(String text) throws Bad {
        CertificateText read = of(text);
        Matcher blocks = BLOCK.matcher(text);
        int keys = 0;
        while (blocks.find()) {
            if (blocks.group(1).endsWith("PRIVATE KEY")) {
                if (blocks.group(1).equals("ENCRYPTED PRIVATE KEY") || blocks.group(2).contains(":")) {
                    throw new Bad("a key that needs a password (expected: an unencrypted one)");
                }
                keys++;
                matches(read.leaf(), blocks.group(1), blocks.group(2));
            }
        }
        if (read.hasKey() && keys == 0) {
            throw new Bad("a private key that cannot be read (expected: unencrypted PKCS#8, PKCS#1 or SEC1)");
        }
        return read;
    }

    /** What the key signs, the certificate must verify. */
    private static void matches(X509Certificate leaf, String label, String base64) throws Bad {
        String algorithm = leaf.getPublicKey().getAlgorithm();
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            byte[] pkcs8 = label.equals("PRIVATE KEY") ? der : Der.pkcs8(der, leaf.getPublicKey().getEncoded());
            PrivateKey key = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            Signature signature = Signature.getInstance(algorithm.equals("RSA") ? "SHA256withRSA"
                    : algorithm.equals("EC") ? "SHA256withECDSA" : algorithm);
            signature.initSign(key);
            signature.update(leaf.getEncoded());
            byte[] signed = signature.sign();
            signature.initVerify(leaf.getPublicKey());
            signature.update(leaf.getEncoded());
            if (!signature.verify(signed)) {
                throw new Bad("the private key is another certificate's (expected: the key of the first certificate)");
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Bad("a private key that is not the first certificate's, or cannot be read (expected: an unencrypted "
                    + algorithm + " key)");
        }
    }

    /** The certificate that the others follow. */
    public X509Certificate leaf() {
        return certificates.get(0);
    }

    /** The SHA-256 of the leaf, in lower-case hex. */
    public String id() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(leaf().getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Bytes as text; PEM is ASCII. */
    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
