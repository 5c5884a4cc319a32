package io.sluice.plugins.tls.client;

import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslHandler;
import io.sluice.plugins.tls.client.Served.Passthrough;
import io.sluice.plugins.tls.client.Served.Terminated;
import io.sluice.plugins.tls.hello.Alert;
import io.sluice.plugins.tls.hello.BadHello;
import io.sluice.plugins.tls.hello.ClientHello;
import io.sluice.plugins.tls.hello.HelloHandler;
import io.sluice.plugins.tls.provider.TlsVersion;
import io.sluice.plugins.tls.session.RecordWatch;
import io.sluice.plugins.tls.session.TlsSession;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.protocol.ClientConnection;
import io.sluice.spi.protocol.Routing.Routed;
import io.sluice.spi.protocol.Routing.Unrouted;
import io.sluice.spi.protocol.Routing;
import java.util.Collections;
import java.util.Map;

/**
 * One client's ClientHello: whom it means decides everything else. Its rule for client certificates is the chosen service's
 * own, whatever name led there.
 */
final class Greeting implements HelloHandler.Listener {

    private final ClientConnection connection;
    private final Map<String, Served> services;
    private final TlsClientProtocol protocol;

    Greeting(ClientConnection connection, Map<String, Served> services, TlsClientProtocol protocol) {
        this.connection = connection;
        this.services = services;
        this.protocol = protocol;
    }

    @Override
    public void refused(BadHello why) {
        why.alert().ifPresent(this::send);
        connection.refuse(new Refusal(CloseReason.BAD_PREAMBLE, why.getMessage()));
    }

    @Override
    public void hello(ClientHello hello, HelloHandler handler) {
        // an IP address is no server name (RFC 6066 3), but clients send it: it is a name that only the default answers to
        ClientFacts facts = connection.facts().withAlpnOffers(hello.alpn());
        connection.learn(hello.serverName().map(facts::withServerName).orElse(facts));
        Routing routing = connection.route();
        if (routing instanceof Unrouted unrouted) {
            refuse(Alert.UNRECOGNIZED_NAME, CloseReason.NO_SERVICE, unrouted.reason());
            return;
        }
        Served served = services.get(((Routed) routing).service().id());
        if (served instanceof Passthrough) {
            connection.proceed();
            connection.channel().pipeline().remove(handler);
        } else if (served instanceof Terminated terminated && isSpoken(hello, terminated)) {
            begin(hello, terminated);
            connection.channel().pipeline().remove(handler);
        }
    }

    /** What an engine would refuse as well, but each in its own words. */
    private boolean isSpoken(ClientHello hello, Terminated served) {
        boolean version = hello.versions().contains(ClientHello.TLS_1_2) && served.lowest() == TlsVersion.TLS_1_2
                || hello.versions().contains(ClientHello.TLS_1_3) && served.highest() == TlsVersion.TLS_1_3;
        if (!version) {
            refuse(Alert.PROTOCOL_VERSION, CloseReason.TLS_FAILED, "the client speaks no version of TLS that the service speaks");
        } else if (!served.alpn().isEmpty() && !hello.alpn().isEmpty() && Collections.disjoint(served.alpn(), hello.alpn())) {
            version = false;
            refuse(Alert.NO_APPLICATION_PROTOCOL, CloseReason.TLS_FAILED,
                    "the client offers no application protocol that the service speaks");
        }
        return version;
    }

    private void begin(ClientHello hello, Terminated served) {
        SslHandler tls = ServerCertificate.choose(served.certificates(), hello, served.highest())
                .newHandler(connection.channel());
        // the kernel has a deadline for all layers together
        tls.setHandshakeTimeoutMillis(0);
        served.trust().ifPresent(trust -> trust.begin(tls.engine()));
        if (tls.engine() instanceof ReferenceCountedOpenSslEngine) {
            connection.add(tls);
        } else {
            RecordWatch watch = new RecordWatch();
            connection.add(watch);
            connection.add(tls);
            connection.add(watch.inside());
        }
        connection.add(new TlsSession(tls, new Handshake(connection, served, tls, protocol)));
    }

    private void refuse(Alert alert, CloseReason reason, String detail) {
        send(alert);
        connection.refuse(new Refusal(reason, detail));
    }

    private void send(Alert alert) {
        connection.channel().writeAndFlush(alert.record(connection.channel().alloc()));
    }
}
