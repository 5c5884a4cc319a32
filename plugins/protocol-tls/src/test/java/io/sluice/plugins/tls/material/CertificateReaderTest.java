package io.sluice.plugins.tls.material;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.testing.certs.Authority;
import io.sluice.testing.certs.CertificateRequest;
import io.sluice.testing.certs.Issued;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509CRL;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CertificateReaderTest {

    private static final Authority ROOT = Authority.root("root");
    private static final Issued LEAF = ROOT.issue(CertificateRequest.forName("a.example"));

    @Test
    void bundleIsReadInItsOrderAndKeysArePassedOver() throws Exception {
        assertThat(CertificateReader.certificates(bytes(ROOT.own().certificatePem() + LEAF.pem())))
                .containsExactly(ROOT.certificate(), LEAF.certificate());
    }

    @Test
    void derIsReadToo() throws Exception {
        assertThat(CertificateReader.certificates(ROOT.certificate().getEncoded())).containsExactly(ROOT.certificate());
    }

    @Test
    void whatHoldsNoCertificateIsNamed() throws Exception {
        refused(bytes(LEAF.keyPem()), "it holds no certificate (expected: -----BEGIN CERTIFICATE-----)");
        refused(bytes(Issued.block("X509 CRL", ROOT.revoke().getEncoded())), "line 1 begins a X509 CRL (expected: a certificate)");
        refused(bytes(Issued.block("PKCS7", new byte[3])), "line 1 begins a PKCS7 (expected: a certificate)");
        refused(Arrays.copyOf(ROOT.certificate().getEncoded(), 200), "it is binary DER (expected: PEM text)");
        refused(Arrays.copyOf(ROOT.certificate().getEncoded(), 2000), "it is binary DER (expected: PEM text)");
        refused(bytes(Issued.block("CERTIFICATE", new byte[70_000])),
                "the certificate in line 1 has 70000 bytes (expected: at most 65536)");
    }

    @Test
    void revocationListsAreReadAsPemAndAsDer() throws Exception {
        X509CRL list = ROOT.revoke(LEAF.certificate());
        String pem = Issued.block("X509 CRL", list.getEncoded());
        for (byte[] bytes : new byte[][] {list.getEncoded(), bytes(pem)}) {
            assertThat(CertificateReader.revocationLists(bytes)).singleElement()
                    .satisfies(read -> assertThat(read.isRevoked(LEAF.certificate())).isTrue());
        }
        assertThat(CertificateReader.revocationLists(bytes(pem + pem))).hasSize(2);
    }

    @Test
    void whatIsNoRevocationListIsNamed() throws Exception {
        noList(bytes(""), "it is empty (expected: PEM text)");
        noList(bytes(LEAF.certificatePem()), "line 1 begins a CERTIFICATE (expected: an X509 CRL)");
        noList(LEAF.certificate().getEncoded(), "it cannot be read as a revocation list (expected: an X.509 CRL)");
        noList(bytes(Issued.block("X509 CRL", new byte[9])), "the list in line 1 cannot be read as a revocation list (expected: an X.509 CRL)");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void refused(byte[] bytes, String message) {
        assertThatThrownBy(() -> CertificateReader.certificates(bytes)).isInstanceOf(BadMaterial.class).hasMessage(message);
    }

    private static void noList(byte[] bytes, String message) {
        assertThatThrownBy(() -> CertificateReader.revocationLists(bytes)).isInstanceOf(BadMaterial.class).hasMessage(message);
    }
}
