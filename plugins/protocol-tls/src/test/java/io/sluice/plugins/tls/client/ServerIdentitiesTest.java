package io.sluice.plugins.tls.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.plugins.tls.provider.TlsProvider;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.testing.certs.Authority;
import io.sluice.testing.certs.CertificateRequest;
import io.sluice.testing.certs.Issued;
import io.sluice.testing.certs.Keys;
import io.sluice.testing.config.RecordedFindings;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** Certificates that are whole and valid, but not meant for what they are used for. */
class ServerIdentitiesTest {

    private static final Authority CA = Authority.root("Test CA");

    private static RecordedFindings found(CertificateRequest request) {
        Issued issued = CA.issue(request);
        RecordedFindings found = new RecordedFindings();
        // certificates of tests end within a day
        new TlsClientProtocol(() -> TlsProvider.JDK, Clock.systemUTC()).prepare(Settings.with(issued.pem()).config(),
                new ServiceInfo("a", "a", "", "127.0.0.1", 1), found);
        found.warnings().removeIf(warning -> warning.contains("it expires at"));
        return found;
    }

    @Test
    void certificateForServersIsFine() {
        RecordedFindings found = found(CertificateRequest.forName("a.example").forServersOnly());
        assertThat(found.errors()).isEmpty();
        assertThat(found.warnings()).isEmpty();
        assertThat(found(CertificateRequest.forName("a.example").forAnyUse()).warnings()).isEmpty();
    }

    @Test
    void certificateForClientsIsDoubtful() {
        RecordedFindings found = found(CertificateRequest.forName("a.example").forClientsOnly());
        assertThat(found.errors()).isEmpty();
        assertThat(found.warnings()).containsExactly(
                "certificates[0]: inline PEM: it is not for servers (expected: extended key usage serverAuth)");
    }

    @Test
    void keyThatMustNotSignShakesNoHands() {
        String message = "certificates[0]: inline PEM: its key is not for signatures (expected: key usage digitalSignature)";
        assertThat(found(CertificateRequest.forName("a.example").asAuthority()).errors()).containsExactly(message);
        RecordedFindings rsa = found(CertificateRequest.forName("a.example").keys(Keys.rsa()).asAuthority());
        assertThat(rsa.errors()).isEmpty();
        assertThat(rsa.warnings()).as("with RSA there are clients that do not look").containsExactly(message);
    }
}
