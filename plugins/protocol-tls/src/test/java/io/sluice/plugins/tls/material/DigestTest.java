package io.sluice.plugins.tls.material;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.testing.certs.Authority;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class DigestTest {

    private static final X509Certificate CERTIFICATE = Authority.root("root").certificate();

    @Test
    void fingerprintIsOfTheCertificateAndPinOfItsKey() throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        assertThat(Digest.fingerprint(CERTIFICATE).hex()).isEqualTo(HexFormat.of().formatHex(sha256.digest(CERTIFICATE.getEncoded())));
        assertThat(Digest.pin(CERTIFICATE).hex()).isEqualTo(HexFormat.of().formatHex(sha256.digest(CERTIFICATE.getPublicKey().getEncoded())));
    }

    @Test
    void everyWayToWriteOneIsRead() throws Exception {
        Digest pin = Digest.pin(CERTIFICATE);
        String hex = pin.hex();
        String colons = hex.toUpperCase().replaceAll("(..)(?!$)", "$1:");
        for (String written : List.of(hex, hex.toUpperCase(), colons, pin.base64(), pin.base64().replace("=", ""),
                "sha256/" + pin.base64(), "0123456789abcdef01234567" + hex, " " + hex + " ")) {
            assertThat(Digest.parse(written)).contains(pin);
        }
        assertThat(DigestList.parse(List.of(hex + ", " + pin.base64(), colons))).containsExactly(pin, pin, pin);
    }

    @Test
    void whatIsNoDigestIsNamed() {
        refused("abc", "\"abc\" (expected: a SHA-256 in base64 or hex)");
        refused("", "\"\" (expected: a SHA-256 in base64 or hex)");
        refused(Digest.pin(CERTIFICATE).hex() + ",", "\"\" (expected: a SHA-256 in base64 or hex)");
        refused("a".repeat(40), "\"" + "a".repeat(40) + "\" (expected: a SHA-256 in base64 or hex)");
        refused("a".repeat(65), "\"" + "a".repeat(65) + "\" (expected: a SHA-256 in base64 or hex)");
        refused("\u0007", "\"\\u0007\" (expected: a SHA-256 in base64 or hex)");
        assertThatThrownBy(() -> DigestList.parse(List.of())).hasMessage("0 entries (expected: 1 to 1000)");
    }

    private static void refused(String written, String message) {
        assertThatThrownBy(() -> DigestList.parse(List.of(written))).isInstanceOf(BadMaterial.class).hasMessage(message);
    }
}
