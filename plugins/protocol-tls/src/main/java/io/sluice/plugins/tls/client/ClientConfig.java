package io.sluice.plugins.tls.client;

import io.sluice.plugins.tls.provider.TlsVersion;
import io.sluice.spi.config.Description;
import io.sluice.spi.config.Material;
import io.sluice.spi.config.OneOrMany;
import java.util.List;

/** How a service speaks TLS with its clients. */
@Description("TLS with clients.")
record ClientConfig(
        @OneOrMany @Description("Another name for certificates.") List<Material> certificate,
        @OneOrMany @Description("Certificates with their keys: ids, files or PEM text. RSA beside EC is fine.") List<Material> certificates,
        @OneOrMany @Description("What services without certificates of their own use.") List<Material> sslCertificates,
        @Description("Passes the client's TLS on to the target, chosen by server name, without terminating it.") boolean passthrough,
        @OneOrMany @Description("Application protocols that the service speaks, the preferred one first.") List<String> alpn,
        @Description("Takes a certificate that has expired.") boolean allowExpired,
        @Description("The lowest version of TLS; 1.2 by default.") TlsVersion minVersion,
        @Description("The highest version of TLS; 1.3 by default.") TlsVersion maxVersion,
        @OneOrMany @Description("Cipher suites of TLS 1.2, by their IANA names.") List<String> ciphers,
        @Description("Clients have to show a certificate.") boolean useMutualTlsAuth,
        @OneOrMany @Description("Whom to admit: certificates of clients, or of authorities.") List<Material> clientCertificates,
        Authorization clientAuthorization) {

    /** Whom to admit among those that {@code client_certificates} admits. */
    @Description("Each list that is given must allow the client; one match within a list is enough.")
    record Authorization(
            @OneOrMany @Description("Subjects (RFC 4514), or common names.") List<String> subjects,
            @OneOrMany @Description("Alternative names: DNS:, URI:, IP: or email: and the name.") List<String> sans,
            @OneOrMany @Description("SHA-256 of certificates.") List<String> fingerprints,
            @OneOrMany @Description("SHA-256 of public keys.") List<String> spkiPins,
            @OneOrMany @Description("Revocation lists.") List<Material> crl) {

        boolean isEmpty() {
            return subjects.isEmpty() && sans.isEmpty() && fingerprints.isEmpty() && spkiPins.isEmpty() && crl.isEmpty();
        }
    }

    TlsVersion lowest() {
        return minVersion == null ? TlsVersion.TLS_1_2 : minVersion;
    }

    TlsVersion highest() {
        return maxVersion == null ? TlsVersion.TLS_1_3 : maxVersion;
    }
}
