package io.sluice.plugins.tls.material;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.testing.certs.Authority;
import io.sluice.testing.certs.CertificateRequest;
import io.sluice.testing.certs.Issued;
import io.sluice.testing.certs.Keys;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.Test;

class IdentityTest {

    private static final Authority ROOT = Authority.root("root");
    private static final Authority MIDDLE = ROOT.intermediate("middle");
    private static final KeyPair RSA = Keys.rsa();
    private static final Issued EC_LEAF = MIDDLE.issue(CertificateRequest.forName("a.example"));
    private static final Issued RSA_LEAF = MIDDLE.issue(CertificateRequest.forName("b.example").keys(RSA));

    @Test
    void chainAndKeyStandInAnyOrder() throws Exception {
        for (String text : List.of(EC_LEAF.chainPem() + EC_LEAF.keyPem(), EC_LEAF.keyPem() + EC_LEAF.chainPem(),
                EC_LEAF.certificatePem() + EC_LEAF.keyPem() + MIDDLE.own().certificatePem())) {
            Identity identity = read(text);
            assertThat(identity.chain()).containsExactly(EC_LEAF.chain());
            assertThat(identity.key()).isEqualTo(EC_LEAF.key());
        }
    }

    @Test
    void rootMayStandAtTheEndOrNot() throws Exception {
        assertThat(read(RSA_LEAF.pem() + ROOT.own().certificatePem()).chain()).hasSize(3);
        assertThat(read(Authority.selfSigned(CertificateRequest.forName("x")).pem()).chain()).hasSize(1);
    }

    @Test
    void layoutOfTheTextDoesNotMatter() throws Exception {
        String pem = EC_LEAF.pem();
        List<String> layouts = List.of(
                pem.replace("\n", "\r\n"),
                "\ufeff" + pem,
                "Bag Attributes\n  friendlyName: x\nsubject=CN = a.example\n" + pem.replace("-----END CERTIFICATE-----\n",
                        "-----END CERTIFICATE-----\n\nissuer=CN = middle\n\n"),
                pem.replaceAll("(?m)^([A-Za-z0-9+/=]{10})", " $1 \t"),
                pem.stripTrailing(),
                "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + pem);
        for (String layout : layouts) {
            assertThat(read(layout).leaf()).isEqualTo(EC_LEAF.certificate());
        }
    }

    @Test
    void oldKeyFormatsOfRsaAndEcAreRead() throws Exception {
        byte[] pkcs1 = PrivateKeyInfo.getInstance(RSA.getPrivate().getEncoded()).parsePrivateKey().toASN1Primitive().getEncoded();
        assertThat(read(RSA_LEAF.chainPem() + Issued.block("RSA PRIVATE KEY", pkcs1)).key()).isEqualTo(RSA.getPrivate());
        for (String curve : List.of("secp256r1", "secp384r1", "secp521r1")) {
            KeyPair pair = Keys.ec(curve);
            Issued leaf = ROOT.issue(CertificateRequest.forName("c.example").keys(pair));
            assertThat(read(leaf.certificatePem() + sec1(pair)).key()).isInstanceOfSatisfying(ECPrivateKey.class,
                    key -> assertThat(key.getS()).isEqualTo(((ECPrivateKey) pair.getPrivate()).getS()));
            assertThat(read(leaf.pem()).key()).isEqualTo(pair.getPrivate());
        }
    }

    @Test
    void keyOfAnotherPairIsRefused() {
        refused(EC_LEAF.chainPem() + MIDDLE.issue(CertificateRequest.forName("a.example")).keyPem(),
                "the private key does not belong to CN=a.example (expected: its own key)");
        refused(EC_LEAF.chainPem() + RSA_LEAF.keyPem(), "the private key does not belong to CN=a.example (expected: its own key)");
    }

    @Test
    void chainInTheWrongOrderIsRefused() {
        refused(MIDDLE.own().certificatePem() + EC_LEAF.certificatePem() + EC_LEAF.keyPem(),
                "the key belongs to CN=a.example, which is certificate 2 of the chain (expected: the first)");
        refused(EC_LEAF.certificatePem() + ROOT.own().certificatePem() + MIDDLE.own().certificatePem() + EC_LEAF.keyPem(),
                "certificate 2, CN=root, did not issue the one before it, CN=a.example (expected: each certificate followed by its issuer, CN=middle)");
        refused(EC_LEAF.certificatePem() + Authority.root("x").intermediate("middle").own().certificatePem() + EC_LEAF.keyPem(),
                "certificate 2, CN=middle, did not issue the one before it, CN=a.example (expected: each certificate followed by its issuer, CN=middle)");
    }

    @Test
    void whatIsNoIdentityIsNamed() {
        String certificate = EC_LEAF.certificatePem();
        String key = EC_LEAF.keyPem();
        refused("", "it is empty (expected: PEM text)");
        refused(" \r\n", "it is empty (expected: PEM text)");
        refused("hello", "it holds no PEM block (expected: -----BEGIN …-----)");
        refused(certificate, "it holds no private key (expected: one, beside its certificate)");
        refused(key, "it holds no certificate (expected: one, beside its private key)");
        refused(certificate + key + key, "it holds 2 private keys (expected: one, beside its certificate)");
        refused(certificate.replace("-----END CERTIFICATE-----", "") + key,
                "BEGIN CERTIFICATE in line 1 has no END (expected: whole blocks)");
        refused(certificate.substring(0, 200), "BEGIN CERTIFICATE in line 1 has no END (expected: whole blocks)");
        refused(certificate.replace("-----BEGIN CERTIFICATE-----", "") + key, "END CERTIFICATE in line "
                + certificate.lines().count() + " has no BEGIN (expected: whole blocks)");
        refused(certificate.replace("END CERTIFICATE", "END PRIVATE KEY") + key,
                "BEGIN CERTIFICATE in line 1 ends with END PRIVATE KEY (expected: the same words)");
        refused("-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n" + key,
                "the CERTIFICATE in line 1 is not base64 (expected: base64 between its boundaries)");
        refused("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", "the CERTIFICATE in line 1 is empty (expected: base64)");
        refused("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" + key,
                "the certificate in line 1 cannot be read (expected: X.509)");
        refused("-----BEGIN CERTIFICATE-----\nAAAA\n----END CERTIFICATE-----\n",
                "BEGIN CERTIFICATE in line 1 has no END (expected: whole blocks)");
        refused("\u2014\u2014BEGIN CERTIFICATE\u2014\u2014", "it holds no PEM block (expected: -----BEGIN …-----)");
        refused("-----BEGIN certificate-----\nAAAA\n-----END certificate-----",
                "its boundaries are damaged (expected: -----BEGIN CERTIFICATE----- and the like)");
        refused(Issued.block("CERTIFICATE REQUEST", new byte[3]), "line 1 begins a CERTIFICATE REQUEST (expected: a certificate or its private key)");
        refused(Issued.block("PUBLIC KEY", new byte[3]), "line 1 begins a PUBLIC KEY (expected: a certificate or its private key)");
        refused(EC_LEAF.chainPem().repeat(6) + key, "12 certificates (expected: a chain of at most 10)");
        refused(certificate.repeat(1001) , "more than 1000 blocks (expected: at most that many)");
        refused(" ".repeat(Pem.LARGEST + 1), "1048577 bytes (expected: at most 1048576)");
    }

    @Test
    void keysThatCannotServeAreNamed() {
        String certificate = EC_LEAF.certificatePem();
        refused(certificate + Issued.block("ENCRYPTED PRIVATE KEY", new byte[9]),
                "the private key in line " + (1 + certificate.lines().count()) + " is encrypted (expected: a key without a password)");
        refused("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----",
                "the private key in line 1 is encrypted (expected: a key without a password)");
        refused(Issued.block("OPENSSH PRIVATE KEY", new byte[9]), "line 1 begins a OPENSSH PRIVATE KEY (expected: a private key, RSA or EC)");
        refused(Issued.block("DSA PRIVATE KEY", new byte[9]), "line 1 begins a DSA PRIVATE KEY (expected: a private key, RSA or EC)");
        refused(Issued.block("PRIVATE KEY", new byte[9]), "the PRIVATE KEY in line 1 cannot be read (expected: an RSA or EC key)");
        refused(Issued.block("RSA PRIVATE KEY", new byte[9]), "the RSA PRIVATE KEY in line 1 cannot be read (expected: an RSA or EC key)");
        refused(Issued.block("EC PRIVATE KEY", new byte[9]), "the EC PRIVATE KEY in line 1 cannot be read (expected: an RSA or EC key)");
        refused(Issued.block("PRIVATE KEY", Keys.rsa(1024).getPrivate().getEncoded()), "the RSA key in line 1 has 1024 bits (expected: 2048 to 8192)");
        refused(Issued.block("EC PRIVATE KEY", Der.wrap(Der.SEQUENCE, new byte[] {2, 1, 1}, Der.wrap(Der.OCTET_STRING, new byte[32]))),
                "the EC key in line 1 does not say its curve (expected: a key with its parameters)");
        byte[] one = new byte[32];
        one[31] = 1;
        byte[] secp256k1 = {6, 5, 0x2b, (byte) 0x81, 4, 0, 0x0a};
        refused(Issued.block("EC PRIVATE KEY", Der.wrap(Der.SEQUENCE, new byte[] {2, 1, 1}, Der.wrap(Der.OCTET_STRING, one),
                Der.wrap(0xa0, secp256k1))), "the EC key in line 1 is on an unusual curve (expected: P-256, P-384 or P-521)");
        byte[] ed25519 = new byte[] {0x30, 0x0c, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0};
        refused(Issued.block("PRIVATE KEY", ed25519), "the key in line 1 is neither RSA nor EC (expected: RSA or EC)");
    }

    @Test
    void filesOfOtherKindsAreRecognised() {
        refusedBytes(new byte[] {(byte) 0xfe, (byte) 0xed, (byte) 0xfe, (byte) 0xed, 0}, "it is a Java key store (expected: PEM text)");
        refusedBytes(Der.wrap(Der.SEQUENCE, new byte[] {2, 1, 3}, new byte[200]), "it is a PKCS#12 store (expected: PEM text)");
        refusedBytes(EC_LEAF.key().getEncoded().length > 127 ? EC_LEAF.key().getEncoded() : RSA_LEAF.key().getEncoded(),
                "it is binary DER (expected: PEM text)");
    }

    @Test
    void damageNeverGetsPastAsAnotherException() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        byte[] good = RSA_LEAF.pem().getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 2000; i++) {
            byte[] damaged = Arrays.copyOf(good, random.nextInt(5) == 0 ? random.nextInt(good.length) : good.length);
            for (int n = random.nextInt(4); n >= 0 && damaged.length > 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                Identity.read(damaged);
            } catch (BadMaterial expected) {
                assertThat(expected.getMessage()).hasSizeLessThan(600);
            }
        }
    }

    @Test
    void keyIsNeverShown() throws Exception {
        assertThat(read(EC_LEAF.pem()).toString()).isEqualTo("CN=a.example");
    }

    private static String sec1(KeyPair pair) throws Exception {
        byte[] inner = PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded()).parsePrivateKey().toASN1Primitive().getEncoded();
        byte[] curve = PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded()).getPrivateKeyAlgorithm().getParameters()
                .toASN1Primitive().getEncoded();
        Der body = new Der(inner).next(Der.SEQUENCE).orElseThrow();
        byte[] version = Der.wrap(Der.INTEGER, body.next(Der.INTEGER).orElseThrow().rest());
        byte[] secret = Der.wrap(Der.OCTET_STRING, body.next(Der.OCTET_STRING).orElseThrow().rest());
        return Issued.block("EC PRIVATE KEY", Der.wrap(Der.SEQUENCE, version, secret, Der.wrap(0xa0, curve)));
    }

    @Test
    void oneTextInUseIsReadOnceAndAnotherAnew() throws Exception {
        String text = EC_LEAF.pem();
        Identity first = read(text);
        assertThat(read(text)).isSameAs(first);
        Identity other = read(text + "\n");
        assertThat(other).isEqualTo(first).isNotSameAs(first);
    }

    private static Identity read(String text) throws BadMaterial {
        return Identity.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(String text, String message) {
        refusedBytes(text.getBytes(StandardCharsets.UTF_8), message);
    }

    private static void refusedBytes(byte[] bytes, String message) {
        assertThatThrownBy(() -> Identity.read(bytes)).isInstanceOf(BadMaterial.class).hasMessage(message);
    }
}
