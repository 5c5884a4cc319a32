package io.sluice.plugins.tls.upstream;

import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import io.sluice.plugins.tls.provider.HandshakeThreads;
import io.sluice.plugins.tls.session.TlsSession;
import io.sluice.spi.connection.TargetAddress;
import io.sluice.spi.protocol.UpstreamConnection;
import io.sluice.spi.protocol.UpstreamLayer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** TLS on the connections of one service. Everything that can be made before a connection comes is made. */
final class TlsUpstreamLayer implements UpstreamLayer {

    private final UpstreamRules rules;

    TlsUpstreamLayer(UpstreamRules rules) {
        this.rules = rules;
    }

    @Override
    public void open(UpstreamConnection connection) {
        TargetAddress target = connection.target();
        Verification verification = rules.verification(target);
        SslContext context = rules.context(target);
        // without the peer's address an engine neither looks for a session to resume nor makes up a server name
        SslHandler handler = context.newHandler(connection.channel().alloc(), HandshakeThreads.of(connection.channel()));
        ask(verification.name(), handler.engine());
        // the kernel has a deadline for all layers together
        handler.setHandshakeTimeoutMillis(0);
        rules.verifier().begin(handler.engine(), verification);
        handler.handshakeFuture().addListener(done -> rules.verifier().end(handler.engine()));
        TargetFaults faults = new TargetFaults(connection, rules.offer());
        connection.add(handler);
        connection.add(new TlsSession(handler, new TlsSession.Listener() {
            @Override
            public void established() {
                faults.established();
                connection.proceed();
            }

            @Override
            public void failed(Throwable cause) {
                // the engine's alert, before the channel is closed
                connection.channel().flush();
                connection.fail(Failures.sentence(cause, rules.offer().versions()));
            }
        }));
        connection.add(faults);
    }

    private void ask(String name, SSLEngine engine) {
        SSLParameters parameters = engine.getSSLParameters();
        serverName(name).ifPresent(asked -> parameters.setServerNames(List.of(asked)));
        // BoringSSL has it from its context; with the JDK that way would put another engine around this one
        if (!(engine instanceof ReferenceCountedOpenSslEngine) && !rules.offer().alpn().isEmpty()) {
            parameters.setApplicationProtocols(rules.offer().alpn().toArray(new String[0]));
        }
        engine.setSSLParameters(parameters);
    }

    /** Names go into SNI, addresses do not (RFC 6066 3). What cannot stand there is verified all the same. */
    private static Optional<SNIServerName> serverName(String name) {
        if (NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SNIHostName(name.getBytes(StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
