package io.sluice.plugins.tls.material;

import java.lang.ref.WeakReference;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the gateway proves itself with: a certificate, what stands above it, and the private key. The chain is in order and
 * the key belongs to its first certificate; whether it is valid now is for {@link Validity} to say.
 *
 * @param chain leaf first, each followed by its issuer; the root may be there or not
 * @param key   the leaf's private key
 */
public record Identity(List<X509Certificate> chain, PrivateKey key) {

    private static final int LONGEST_CHAIN = 10;
    /** By the digest of their text; keys that nobody uses any more are not kept. */
    private static final Map<Digest, WeakReference<Identity>> USED = new ConcurrentHashMap<>();

    public Identity {
        chain = List.copyOf(chain);
    }

    /** The certificate itself. */
    public X509Certificate leaf() {
        return chain.get(0);
    }

    /**
     * Reads a PEM text that holds a chain and a key, in any order of the two. Many services may show one certificate: as
     * long as it is used somewhere, the same text is not read and proven again.
     *
     * @param bytes at most 1 MiB
     */
    public static Identity read(byte[] bytes) throws BadMaterial {
        Digest digest = Digest.of(bytes);
        Identity known = Optional.ofNullable(USED.get(digest)).map(WeakReference::get).orElse(null);
        if (known != null) {
            return known;
        }
        Identity read = readAnew(bytes);
        USED.values().removeIf(one -> one.refersTo(null));
        USED.put(digest, new WeakReference<>(read));
        return read;
    }

    private static Identity readAnew(byte[] bytes) throws BadMaterial {
        List<X509Certificate> chain = new ArrayList<>();
        List<PrivateKey> keys = new ArrayList<>();
        for (PemBlock block : Pem.blocks(bytes)) {
            if (CertificateReader.isCertificate(block)) {
                chain.add(CertificateReader.certificate(block));
            } else if (KeyReader.isKey(block)) {
                keys.add(KeyReader.read(block));
            } else if (!block.label().endsWith("PARAMETERS")) {
                throw Foreign.refuse(block, "a certificate or its private key");
            }
        }
        if (keys.size() != 1) {
            throw new BadMaterial((keys.isEmpty() ? "it holds no private key" : "it holds " + keys.size() + " private keys")
                    + " (expected: one, beside its certificate)", keys.isEmpty() ? "one file holds both: cat NAME.crt NAME.key > NAME.pem, mode 600" : "");
        }
        if (chain.isEmpty()) {
            throw new BadMaterial("it holds no certificate (expected: one, beside its private key)",
                    "one file holds both: cat NAME.crt NAME.key > NAME.pem, mode 600");
        }
        if (chain.size() > LONGEST_CHAIN) {
            throw new BadMaterial(chain.size() + " certificates (expected: a chain of at most " + LONGEST_CHAIN + ")",
                    "a chain is the certificate and its issuers, not a bundle of authorities");
        }
        checkKey(chain, keys.get(0));
        checkOrder(chain);
        return new Identity(chain, keys.get(0));
    }

    private static void checkKey(List<X509Certificate> chain, PrivateKey key) throws BadMaterial {
        if (belongs(key, chain.get(0))) {
            return;
        }
        for (int i = 1; i < chain.size(); i++) {
            if (belongs(key, chain.get(i))) {
                throw new BadMaterial("the key belongs to " + Names.of(chain.get(i)) + ", which is certificate " + (i + 1)
                        + " of the chain (expected: the first)", "put that certificate first and its issuers behind it");
            }
        }
        throw new BadMaterial("the private key does not belong to " + Names.of(chain.get(0)) + " (expected: its own key)",
                "one of the two is from another pair, perhaps from before a renewal");
    }

    /** Proven by a signature, which works for any kind of key. */
    private static boolean belongs(PrivateKey key, X509Certificate certificate) {
        if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
            byte[] proof = {1, 2, 3, 4};
            signature.initSign(key);
            signature.update(proof);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(proof);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static void checkOrder(List<X509Certificate> chain) throws BadMaterial {
        for (int i = 0; i + 1 < chain.size(); i++) {
            if (!issued(chain.get(i + 1), chain.get(i))) {
                throw new BadMaterial("certificate " + (i + 2) + ", " + Names.of(chain.get(i + 1)) + ", did not issue the one before it, "
                        + Names.of(chain.get(i)) + " (expected: each certificate followed by its issuer, "
                        + Names.of(chain.get(i).getIssuerX500Principal()) + ")", "reorder them, leaf first");
            }
        }
    }

    private static boolean issued(X509Certificate issuer, X509Certificate subject) {
        if (!issuer.getSubjectX500Principal().equals(subject.getIssuerX500Principal())) {
            return false;
        }
        try {
            subject.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** The certificate's name; never the key. */
    @Override
    public String toString() {
        return Names.of(leaf());
    }
}
