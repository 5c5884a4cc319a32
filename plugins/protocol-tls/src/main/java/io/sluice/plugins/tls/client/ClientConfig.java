package io.sluice.plugins.tls.client;

import io.sluice.plugins.tls.provider.TlsVersion;
import io.sluice.spi.config.Default;
import io.sluice.spi.config.Description;
import io.sluice.spi.config.Example;
import io.sluice.spi.config.Material;
import io.sluice.spi.config.OneOrMany;
import io.sluice.spi.config.Required;
import io.sluice.spi.config.Shorthand;
import io.sluice.spi.config.Strict;
import java.util.List;

/** How a service speaks TLS with its clients. */
@Description("TLS with clients.")
record ClientConfig(
        @OneOrMany @Description("Another name for certificates.") List<Material> certificate,
        @OneOrMany @Description("Certificates with their keys: ids, files or PEM text. RSA beside EC is fine.") List<Material> certificates,
        @OneOrMany @Example("[\"certs/gateway.pem\"]")
        @Description("Certificates of services that name none: ids, files or PEM text.") List<Material> sslCertificates,
        @Description("Passes the client's TLS on to the target, chosen by server name, without terminating it.") boolean passthrough,
        @OneOrMany @Description("Application protocols that the service speaks, the preferred one first.") List<String> alpn,
        @Description("Takes a certificate that has expired.") boolean allowExpired,
        @Default("1.2") @Description("The lowest version of TLS.") TlsVersion minVersion,
        @Default("1.3") @Description("The highest version of TLS.") TlsVersion maxVersion,
        @OneOrMany @Example("[\"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\"]")
        @Description("Cipher suites of TLS 1.2, by their IANA names; without any, those with forward secrecy and AEAD.") List<String> ciphers,
        @Description("Clients have to show a certificate.") boolean useMutualTlsAuth,
        @OneOrMany @Description("Whom to admit: certificates of clients, or of authorities.") List<Material> clientCertificates,
        Authorization clientAuthorization) {

    /** Whom to admit among those that {@code client_certificates} admits. */
    @Strict
    @Description("Each list that is given must allow the client; one match within a list is enough.")
    record Authorization(
            @Description("Subjects (RFC 4514), or common names.") Allowed subjects,
            @Description("Alternative names: DNS:, URI:, IP: or email: and the name.") Allowed sans,
            @Description("SHA-256 of certificates.") Allowed fingerprints,
            @Description("SHA-256 of public keys.") Allowed spkiPins,
            @OneOrMany @Description("Revocation lists.") List<Material> crl) {

        boolean isEmpty() {
            return subjects == null && sans == null && fingerprints == null && spkiPins == null && crl.isEmpty();
        }
    }

    /** A list that is there. One without entries allows nobody; a list that is missing is {@code null}. */
    record Allowed(@Required @Shorthand @OneOrMany @Description("What is allowed.") List<String> entries) {
    }

    TlsVersion lowest() {
        return minVersion == null ? TlsVersion.TLS_1_2 : minVersion;
    }

    TlsVersion highest() {
        return maxVersion == null ? TlsVersion.TLS_1_3 : maxVersion;
    }
}
