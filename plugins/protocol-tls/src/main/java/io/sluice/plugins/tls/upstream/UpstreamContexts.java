package io.sluice.plugins.tls.upstream;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.sluice.plugins.tls.material.Identity;
import io.sluice.plugins.tls.provider.TlsProvider;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Makes engines' contexts.
 *
 * @param provider who does the cryptography
 * @param offer    what is offered
 * @param verifier checks the targets' certificates: all of them, the host name too
 */
record UpstreamContexts(TlsProvider provider, Offer offer, Verifier verifier) {

    SslContext make(Optional<Identity> identity) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(provider.netty())
                .protocols(offer.versions()).ciphers(offer.suites(), IdentityCipherSuiteFilter.INSTANCE)
                .trustManager(verifier)
                // the verifier does it, by the same rules with both providers
                .endpointIdentificationAlgorithm(null)
                // sessions are never resumed, and what targets send is not kept
                .sessionCacheSize(1).sessionTimeout(1);
        identity.ifPresent(own -> builder.keyManager(new OneIdentity(own)));
        if (provider == TlsProvider.BORINGSSL && !offer.alpn().isEmpty()) {
            builder.applicationProtocolConfig(new ApplicationProtocolConfig(Protocol.ALPN,
                    SelectorFailureBehavior.NO_ADVERTISE, SelectedListenerFailureBehavior.ACCEPT, offer.alpn()));
        }
        return builder.build();
    }
}
