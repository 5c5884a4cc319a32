package io.sluice.plugins.tls.upstream;

import java.util.List;

/**
 * What targets are offered.
 *
 * @param versions versions of TLS, as Java names them
 * @param suites   cipher suites
 * @param alpn     application protocols; empty for none
 */
record Offer(List<String> versions, List<String> suites, List<String> alpn) {
}
