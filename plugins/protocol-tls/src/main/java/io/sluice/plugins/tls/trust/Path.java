package io.sluice.plugins.tls.trust;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Why a certificate is vouched for.
 *
 * @param certificates leaf first, each followed by its issuer, without the anchor
 * @param anchor       the authority that issued the last one; empty for a leaf that is listed itself
 */
record Path(List<X509Certificate> certificates, Optional<X509Certificate> anchor) {

    static Path listed(X509Certificate leaf) {
        return new Path(List.of(leaf), Optional.empty());
    }
}
