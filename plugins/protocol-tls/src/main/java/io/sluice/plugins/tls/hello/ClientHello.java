package io.sluice.plugins.tls.hello;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a ClientHello says (RFC 8446 4.1.2, RFC 5246 7.4.1.2), as far as choosing a service and a certificate needs it.
 *
 * @param versions         the versions that the client speaks: of its supported_versions, else its one version
 * @param suites           its cipher suites
 * @param serverName       the host that it wants to reach: lower case, without a trailing dot; may be an IP address,
 *                         which nobody may ask for by this way (RFC 6066 3)
 * @param alpn             the application protocols that it offers, in its order
 * @param signatureSchemes the signatures that it understands; empty if it does not say
 * @param groups           the groups that it understands; empty if it does not say
 */
public record ClientHello(Set<Integer> versions, Set<Integer> suites, Optional<String> serverName, List<String> alpn,
        Set<Integer> signatureSchemes, Set<Integer> groups) {

    /** TLS 1.2 on the wire. */
    public static final int TLS_1_2 = 0x0303;
    /** TLS 1.3 on the wire. */
    public static final int TLS_1_3 = 0x0304;

    public ClientHello {
        versions = Set.copyOf(versions);
        suites = Set.copyOf(suites);
        alpn = List.copyOf(alpn);
        signatureSchemes = Set.copyOf(signatureSchemes);
        groups = Set.copyOf(groups);
    }

    /** Whether the client speaks TLS 1.2 or later. */
    public boolean speaksModernTls() {
        return versions.contains(TLS_1_2) || versions.contains(TLS_1_3);
    }
}
