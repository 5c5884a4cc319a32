package io.sluice.plugins.tls.client;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import io.sluice.plugins.tls.hello.Alert;
import io.sluice.plugins.tls.client.Served.Terminated;
import io.sluice.plugins.tls.session.TlsSession;
import io.sluice.plugins.tls.trust.ClientTrust;
import io.sluice.plugins.tls.trust.NotAdmitted;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.connection.TlsFacts;
import io.sluice.spi.protocol.ClientConnection;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** One client's handshake: what it established, and whether the client is admitted. */
final class Handshake implements TlsSession.Listener {

    private static final int LONGEST_DETAIL = 200;
    /** BoringSSL's words for what it finds before its first message. */
    private static final Pattern NOTHING_IN_COMMON = Pattern.compile(
            "OPENSSL_internal:(NO_SHARED_CIPHER|NO_SHARED_GROUP|WRONG_CURVE|NO_COMMON_SIGNATURE_ALGORITHMS)$");

    /** BoringSSL's words when it refuses a hello without telling why: a server name of an unknown type, for example. */
    private static final String NO_REASON = "error:00000000:";

    private final ClientConnection connection;
    private final Terminated served;
    private final SslHandler tls;
    private final TlsClientProtocol protocol;

    Handshake(ClientConnection connection, Terminated served, SslHandler tls, TlsClientProtocol protocol) {
        this.connection = connection;
        this.served = served;
        this.tls = tls;
        this.protocol = protocol;
    }

    @Override
    public void established() {
        SSLSession session = tls.engine().getSession();
        List<X509Certificate> chain = clientChain(session);
        ClientFacts facts = connection.facts().with(new TlsFacts(session.getProtocol(), iana(session.getCipherSuite()),
                chain.stream().findFirst(), chain.isEmpty() ? chain : chain.subList(1, chain.size())));
        String alpn = tls.applicationProtocol();
        connection.learn(alpn == null || alpn.isEmpty() ? facts : facts.withAlpn(alpn));
        Optional<Refusal> refusal = admit(chain);
        if (refusal.isPresent()) {
            connection.refuse(refusal.get());
        } else {
            connection.proceed();
        }
    }

    /** A session that was resumed is judged by the rule of today, like a new one. */
    private Optional<Refusal> admit(List<X509Certificate> chain) {
        Optional<ClientTrust> trust = served.trust();
        if (trust.isEmpty()) {
            return Optional.empty();
        }
        boolean judged = trust.get().end(tls.engine());
        if (chain.isEmpty()) {
            return Optional.of(new Refusal(CloseReason.CLIENT_CERTIFICATE_REFUSED, "the client showed no certificate"));
        }
        return judged ? Optional.empty() : protocol.admit(served, connection.facts());
    }

    private List<X509Certificate> clientChain(SSLSession session) {
        List<X509Certificate> chain = new ArrayList<>();
        if (served.trust().isPresent()) {
            try {
                for (Certificate certificate : session.getPeerCertificates()) {
                    chain.add((X509Certificate) certificate);
                }
            } catch (SSLPeerUnverifiedException e) {
                // it showed none
            }
        }
        return chain;
    }

    /** BoringSSL's suites get names from Java, which in one case are older than the registry's. */
    private static String iana(String suite) {
        return suite.endsWith("CHACHA20_POLY1305") ? suite + "_SHA256" : suite;
    }

    @Override
    public void failed(Throwable cause) {
        served.trust().ifPresent(trust -> trust.end(tls.engine()));
        Optional<NotAdmitted> refused = NotAdmitted.in(cause);
        String message = String.valueOf(cause.getMessage());
        if (refused.isPresent()) {
            refuse(CloseReason.CLIENT_CERTIFICATE_REFUSED, refused.get().getMessage());
        } else if (served.trust().isPresent() && message.contains("KEY_USAGE_BIT_INCORRECT")) {
            // BoringSSL looks before anyone is asked
            refuse(CloseReason.CLIENT_CERTIFICATE_REFUSED,
                    "the client's certificate is not for signatures (expected: key usage digitalSignature)");
        } else if (served.trust().isPresent() && isAboutMissingCertificate(message)) {
            refuse(CloseReason.CLIENT_CERTIFICATE_REFUSED, "the client showed no certificate");
        } else if (NOTHING_IN_COMMON.matcher(message).find()) {
            // Netty drops BoringSSL's own alert here; nothing has been answered yet, so it goes out in the clear
            ChannelHandlerContext outside = connection.channel().pipeline().context(tls);
            if (outside != null) {
                outside.writeAndFlush(Alert.HANDSHAKE_FAILURE.record(outside.alloc()));
            }
            refuse(CloseReason.TLS_FAILED, "the client offers no cipher suite, group or signature that the service can use ("
                    + message.substring(message.lastIndexOf(':') + 1) + ")");
        } else if (message.contains(NO_REASON)) {
            refuse(CloseReason.TLS_FAILED, "the client's hello breaks rules of TLS");
        } else {
            refuse(CloseReason.TLS_FAILED, message.length() > LONGEST_DETAIL ? message.substring(0, LONGEST_DETAIL) : message);
        }
    }

    /** BoringSSL's words, and the JDK's. */
    private static boolean isAboutMissingCertificate(String message) {
        return message.contains("PEER_DID_NOT_RETURN_A_CERTIFICATE") || message.contains("Empty client certificate chain")
                || message.contains("Empty server certificate chain");
    }

    private void refuse(CloseReason reason, String detail) {
        connection.refuse(new Refusal(reason, detail));
    }
}
