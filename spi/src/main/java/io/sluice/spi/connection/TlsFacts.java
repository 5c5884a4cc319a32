package io.sluice.spi.connection;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What a finished TLS handshake with the client established.
 *
 * @param version           {@code TLSv1.2} or {@code TLSv1.3}
 * @param cipher            the suite's IANA name
 * @param clientCertificate the leaf that the client proved to own, if it showed one
 * @param clientIssuers     what the client sent along with it, to be believed only as far as it is verified
 * @since 1.0
 */
public record TlsFacts(String version, String cipher, Optional<X509Certificate> clientCertificate,
        List<X509Certificate> clientIssuers) {

    public TlsFacts {
        clientIssuers = List.copyOf(clientIssuers);
    }

    /** Of a client that sent nothing along with its certificate. */
    public TlsFacts(String version, String cipher, Optional<X509Certificate> clientCertificate) {
        this(version, cipher, clientCertificate, List.of());
    }
}
