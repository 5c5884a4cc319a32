package io.sluice.testing.certs;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A certificate, the key that goes with it, and what stands above it, made at run time.
 *
 * @param key         its private key
 * @param certificate the certificate
 * @param issuers     what stands above it, without the root, nearest first
 */
public record Issued(PrivateKey key, X509Certificate certificate, List<X509Certificate> issuers) {

    /** The certificate alone, as PEM. */
    public String certificatePem() {
        return pem(certificate);
    }

    /** The certificate and what stands above it, as PEM, leaf first. */
    public String chainPem() {
        return certificatePem() + issuers.stream().map(Issued::pem).collect(Collectors.joining());
    }

    /** The key as unencrypted PKCS#8 PEM. */
    public String keyPem() {
        return block("PRIVATE KEY", key.getEncoded());
    }

    /** Chain and key in one text. */
    public String pem() {
        return chainPem() + keyPem();
    }

    /** The chain as an array, leaf first. */
    public X509Certificate[] chain() {
        X509Certificate[] chain = new X509Certificate[1 + issuers.size()];
        chain[0] = certificate;
        for (int i = 0; i < issuers.size(); i++) {
            chain[i + 1] = issuers.get(i);
        }
        return chain;
    }

    /** A certificate as PEM. */
    public static String pem(X509Certificate certificate) {
        try {
            return block("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Any DER as a PEM block. */
    public static String block(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }
}
