package io.sluice.plugins.tls.upstream;

import io.sluice.spi.config.Description;
import io.sluice.spi.config.Example;
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
        @Example("{ \"*.example.com\": \"certs/gateway.pem\" }")
        @Description("Certificates to show to targets of any service, by host; a service's own upstream_certificates go first.")
        Map<String, Material> securityUpstreamCertificates,
        @Example("{ \"*.example.com\": [\"jg1JP2IFkLPTjiq14HtKDmT5yUHVfuUBb5xXbY9ODHE=\"] }")
        @Description("SHA-256 of public keys of targets of any service, by host; a service's own pinned_public_keys go first.")
        Map<String, Pins> securityPinnedPublicKeys) {

    /** Pins of one host: strings, each of them one or several with commas between. */
    record Pins(@Shorthand @OneOrMany List<String> keys) {
    }
}
