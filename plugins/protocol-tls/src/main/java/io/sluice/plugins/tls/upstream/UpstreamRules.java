package io.sluice.plugins.tls.upstream;

import io.netty.handler.ssl.SslContext;
import io.sluice.plugins.tls.material.Digest;
import io.sluice.spi.connection.TargetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One service's rules for its targets, understood.
 *
 * @param trust       the authorities; empty when verification is off
 * @param serverName  the name for all targets; empty for each target's host
 * @param commonName  whether the common name is checked too
 * @param pins        pins by host
 * @param plain       engines that show no certificate
 * @param identified  engines that show one, by host
 * @param verifier    checks what targets send to these engines
 * @param offer       what they offer
 */
record UpstreamRules(Optional<Trust> trust, String serverName, boolean commonName, HostMap<Set<Digest>> pins, SslContext plain,
        HostMap<SslContext> identified, Verifier verifier, Offer offer) {

    SslContext context(TargetAddress target) {
        return identified.of(target).orElse(plain);
    }

    Verification verification(TargetAddress target) {
        return new Verification(trust, serverName.isEmpty() ? name(target.host()) : serverName, commonName,
                pins.of(target).orElse(Set.of()));
    }

    /** As it stands in certificates and in SNI. */
    static String name(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
