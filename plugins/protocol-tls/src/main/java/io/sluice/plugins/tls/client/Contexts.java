package io.sluice.plugins.tls.client;

import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.channel.Channel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.ImmediateExecutor;
import io.sluice.plugins.tls.material.Identity;
import io.sluice.plugins.tls.provider.HandshakeThreads;
import io.sluice.plugins.tls.provider.TlsProvider;
import io.sluice.plugins.tls.trust.ClientTrust;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javax.net.ssl.SSLException;

/**
 * Makes the contexts of one service. Each belongs to that service alone, so nothing of a session can be used elsewhere,
 * and to its present definition, so a changed rule for clients begins with sessions of its own.
 *
 * @param provider who does the cryptography
 * @param versions what is spoken
 * @param suites   what is spoken
 * @param alpn     the application protocols, the preferred one first
 * @param trust    asked about clients' certificates; empty if they need none
 */
record Contexts(TlsProvider provider, List<String> versions, List<String> suites, List<String> alpn,
        Optional<ClientTrust> trust) {

    ServerCertificate make(Identity identity) throws SSLException {
        SslContextBuilder builder = SslContextBuilder
                .forServer(identity.key(), identity.chain().toArray(X509Certificate[]::new))
                // it never leaves memory: PKCS #12 would derive a key for it, ten thousand rounds each way, for each service
                .keyStoreType("JKS")
                .sslProvider(provider.netty()).protocols(versions).ciphers(suites, IdentityCipherSuiteFilter.INSTANCE);
        trust.ifPresent(asked -> builder.trustManager(asked).clientAuth(ClientAuth.REQUIRE));
        if (!alpn.isEmpty()) {
            // whether the client's offers fit was looked at before: the only behaviour that both providers have is enough
            builder.applicationProtocolConfig(new ApplicationProtocolConfig(Protocol.ALPN,
                    SelectorFailureBehavior.NO_ADVERTISE, SelectedListenerFailureBehavior.ACCEPT, alpn));
        }
        SslContext context = builder.build();
        return new ServerCertificate(identity, context, TicketKeys.of(context), tasks());
    }

    /**
     * Where an engine does what it calls a task. With BoringSSL only the check of a client's certificate is worth another
     * thread; without one all that there is to do is to hand over the certificate.
     */
    private Function<Channel, Executor> tasks() {
        return provider == TlsProvider.BORINGSSL && trust.isEmpty() ? connection -> ImmediateExecutor.INSTANCE : HandshakeThreads::of;
    }
}
