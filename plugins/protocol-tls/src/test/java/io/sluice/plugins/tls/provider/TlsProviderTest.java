package io.sluice.plugins.tls.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TlsProviderTest {

    private final String before = System.getProperty(TlsProvider.PROPERTY);

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(TlsProvider.PROPERTY);
        } else {
            System.setProperty(TlsProvider.PROPERTY, before);
        }
    }

    @Test
    void boringSslIsTakenWhereItLoads() {
        System.clearProperty(TlsProvider.PROPERTY);
        assertThat(TlsProvider.current()).isEqualTo(TlsProvider.BORINGSSL.isAvailable() ? TlsProvider.BORINGSSL : TlsProvider.JDK);
    }

    @Test
    void propertyDecidesOtherwise() {
        System.setProperty(TlsProvider.PROPERTY, "JDK");
        assertThat(TlsProvider.current()).isEqualTo(TlsProvider.JDK);
        System.setProperty(TlsProvider.PROPERTY, "openssl");
        assertThatThrownBy(TlsProvider::current).hasMessage("sluice.tls.provider: openssl (expected: jdk or boringssl)");
    }
}
