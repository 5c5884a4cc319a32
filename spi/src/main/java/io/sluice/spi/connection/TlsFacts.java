package io.sluice.spi.connection;

import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * What a finished TLS handshake with the client established.
 *
 * @param version           {@code TLSv1.2} or {@code TLSv1.3}
 * @param cipher            the suite's IANA name
 * @param clientCertificate the leaf that the client proved to own, if it showed one
 * @since 1.0
 */
public record TlsFacts(String version, String cipher, Optional<X509Certificate> clientCertificate) {
}
