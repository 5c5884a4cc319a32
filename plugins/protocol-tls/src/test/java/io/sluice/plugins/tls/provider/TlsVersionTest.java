package io.sluice.plugins.tls.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TlsVersionTest {

    @Test
    void everyWayToWriteAVersionIsUnderstood() {
        assertThat(List.of("1.2", "771", "TLSv1.2", "tlsv1.2")).allMatch(text -> TlsVersion.parse(text).get() == TlsVersion.TLS_1_2);
        assertThat(List.of("1.3", "772", "TLSv1.3")).allMatch(text -> TlsVersion.parse(text).get() == TlsVersion.TLS_1_3);
    }

    @Test
    void brokenVersionsAreNotAmongThem() {
        assertThat(List.of("", "1.0", "1.1", "769", "770", "SSLv3", "773", "1.20")).allMatch(text -> TlsVersion.parse(text).isEmpty());
    }

    @Test
    void rangeIsEmptyWhenItsEndsAreTheWrongWayRound() {
        assertThat(TlsVersion.TLS_1_2.upTo(TlsVersion.TLS_1_3)).containsExactly("TLSv1.2", "TLSv1.3");
        assertThat(TlsVersion.TLS_1_3.upTo(TlsVersion.TLS_1_3)).containsExactly("TLSv1.3");
        assertThat(TlsVersion.TLS_1_3.upTo(TlsVersion.TLS_1_2)).isEmpty();
    }
}
