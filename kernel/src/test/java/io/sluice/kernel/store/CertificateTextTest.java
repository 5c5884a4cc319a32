package io.sluice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateTextTest {

    @ParameterizedTest
    @CsvSource({"ec, ec-sec1", "ec, ec-pkcs8", "rsa, rsa-pkcs1", "rsa, rsa-pkcs8"})
    void keyIsKnownToBeTheLeafsInEachOfItsForms(String certificate, String key) throws Exception {
        CertificateText text = CertificateText.checked(file(certificate + ".crt") + file(key + ".key"));
        assertThat(text.hasKey()).isTrue();
        assertThat(text.id()).matches("[0-9a-f]{64}");
        assertThat(CertificateText.checked(file(key + ".key") + file(certificate + ".crt")).id()).isEqualTo(text.id());
    }

    @Test
    void certificateAloneIsFine() throws Exception {
        assertThat(CertificateText.checked(file("ec.crt") + file("rsa.crt"))).satisfies(text -> {
            assertThat(text.hasKey()).isFalse();
            assertThat(text.certificates()).hasSize(2);
            assertThat(text.leaf().getSubjectX500Principal().getName()).isEqualTo("CN=ec.example");
        });
    }

    @ParameterizedTest
    @CsvSource({"ec, rsa-pkcs8", "rsa, ec-pkcs8", "rsa, ec-sec1", "ec, ec-encrypted"})
    void keyOfAnotherIsRefused(String certificate, String key) {
        assertThatThrownBy(() -> CertificateText.checked(file(certificate + ".crt") + file(key + ".key")))
                .isInstanceOf(CertificateText.Bad.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "junk", "-----BEGIN CERTIFICATE-----", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
            "-----BEGIN CERTIFICATE-----\n%%%%\n-----END CERTIFICATE-----", "-----BEGIN X-----\nAAAA\n-----END X-----"})
    void whatIsNoCertificateIsRefused(String text) {
        assertThatThrownBy(() -> CertificateText.checked(text)).isInstanceOf(CertificateText.Bad.class);
        assertThat(CertificateText.read(text)).isEmpty();
    }

    @Test
    void brokenKeysAreRefusedWithoutAFault() throws Exception {
        String key = file("ec-sec1.key");
        for (int i = 40; i < key.length() - 35; i += 7) {
            String cut = file("ec.crt") + key.substring(0, i) + key.substring(key.indexOf("-----END"));
            assertThatThrownBy(() -> CertificateText.checked(cut)).isInstanceOf(CertificateText.Bad.class);
        }
    }

    private static String file(String name) throws IOException {
        try (InputStream in = CertificateTextTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
