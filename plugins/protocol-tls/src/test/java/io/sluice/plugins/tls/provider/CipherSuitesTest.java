package io.sluice.plugins.tls.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.OpenSsl;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class CipherSuitesTest {

    @Test
    void everyKnownSuiteIsOfferedByBothProviders() throws Exception {
        assertThat(TlsProvider.BORINGSSL.isAvailable()).isTrue();
        assertThat(OpenSsl.availableJavaCipherSuites()).containsAll(CipherSuites.known());
        assertThat(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites()).contains(CipherSuites.known().toArray(new String[0]));
    }

    @Test
    void defaultIsForwardSecretAndAuthenticated() {
        assertThat(CipherSuites.byDefault()).hasSize(9)
                .allMatch(suite -> suite.contains("_GCM_") || suite.contains("_POLY1305_"))
                .allMatch(suite -> !CipherSuites.isTls12(suite) || suite.startsWith("TLS_ECDHE_"));
        assertThat(CipherSuites.of(List.of())).isEqualTo(CipherSuites.byDefault());
    }

    @Test
    void chosenSuitesStandBesideThoseOfTls13() {
        assertThat(CipherSuites.of(List.of("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"))).containsExactly(
                "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256",
                "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
    }

    @Test
    void namesOfOpenSslAndOfTykAreUnderstood() {
        assertThat(CipherSuites.of(List.of("ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES256-SHA",
                "ECDHE-RSA-CHACHA20-POLY1305", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305"))).endsWith(
                "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
                "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256");
    }

    @Test
    void brokenAndUnknownSuitesAreUnknown() {
        assertThat(List.of("TLS_RSA_WITH_RC4_128_SHA", "TLS_RSA_WITH_AES_128_GCM_SHA256", "NULL-SHA", "", "AES128-SHA"))
                .noneMatch(CipherSuites::isKnown);
    }
}
