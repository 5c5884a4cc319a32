package io.sluice.plugins.tls.client;

import io.sluice.plugins.tls.provider.TlsVersion;
import io.sluice.plugins.tls.trust.ClientTrust;
import java.util.List;
import java.util.Optional;

/** What is prepared for one service. */
sealed interface Served {

    /** The application protocols that it speaks; empty for any. */
    List<String> alpn();

    /**
     * The gateway passes the client's bytes on as they are.
     */
    record Passthrough(List<String> alpn) implements Served {
    }

    /**
     * The gateway is the client's peer.
     *
     * @param certificates what it can prove itself with; at least one
     * @param lowest       the lowest version
     * @param highest      the highest version
     * @param trust        whom it admits; empty if clients need no certificate
     */
    record Terminated(List<ServerCertificate> certificates, TlsVersion lowest, TlsVersion highest, List<String> alpn,
            Optional<ClientTrust> trust) implements Served {
    }
}
