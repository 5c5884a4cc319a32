package io.sluice.plugins.tls.upstream;

import io.sluice.spi.config.Description;
import io.sluice.spi.config.Material;
import io.sluice.spi.config.OneOrMany;
import io.sluice.spi.config.OrNumber;
import io.sluice.spi.config.Shorthand;
import java.util.List;
import java.util.Map;

/** How a service speaks TLS with its targets. */
@Description("TLS towards tls:// targets.")
record UpstreamConfig(
        @Description("Takes any certificate, for any name. Pins are still checked, on the target's own certificate.")
        boolean sslInsecureSkipVerify,
        @OrNumber @Description("The lowest version of TLS: 1.2 (the default) or 1.3.") String sslMinVersion,
        @OrNumber @Description("The highest version of TLS: 1.2 or 1.3 (the default).") String sslMaxVersion,
        @OneOrMany @Description("Cipher suites of TLS 1.2, by their IANA names.") List<String> sslCiphers,
        @Description("The certificate's common name must be the target's name too.") boolean sslForceCommonNameCheck,
        @Description("The name that is asked for (SNI) and verified, instead of the target's host.") String serverName,
        @OneOrMany @Description("Application protocols (ALPN) that are offered.") List<String> alpn,
        @Description("Authorities that are trusted, instead of the JVM's.") Material ca,
        @Description("Certificates to show to targets, by host.") Map<String, Material> upstreamCertificates,
        @Description("Shows no certificate to any target.") boolean upstreamCertificatesDisabled,
        @Description("SHA-256 of public keys, by host; one of them must be in the target's chain.") Map<String, Pins> pinnedPublicKeys,
        @Description("Checks no pins.") boolean certificatePinningDisabled,
        @Description("What upstream_certificates of all services have in common.") Map<String, Material> securityUpstreamCertificates,
        @Description("What pinned_public_keys of all services have in common.") Map<String, Pins> securityPinnedPublicKeys) {

    /** Pins of one host: strings, each of them one or several with commas between. */
    record Pins(@Shorthand @OneOrMany List<String> keys) {
    }
}
