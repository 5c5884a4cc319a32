package io.sluice.kernel.control;

import io.sluice.kernel.config.IpLiteral;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.PresentedClient;
import io.sluice.spi.connection.SocketPeer;
import io.sluice.spi.connection.TlsFacts;
import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.Explainer.Question;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Turns a question into what would be known about such a client. */
final class Clients {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63}){0,126}");
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{64}");
    private static final int LONGEST_PROTOCOL = 255;

    private final Function<String, Optional<String>> stored;

    /**
     * @param stored PEM text of a stored certificate
     */
    Clients(Function<String, Optional<String>> stored) {
        this.stored = stored;
    }

    /** The facts; everything that is given is looked at, whether a layer would learn it or not. */
    ClientFacts of(Question question, InetAddress listener) throws ControlRefused {
        if (question.port() < 1 || question.port() > 65535) {
            throw refused("port: " + question.port() + " (expected: 1 to 65535)");
        }
        InetAddress client = address("client", question.client()).orElse(InetAddress.getLoopbackAddress());
        InetAddress presented = address("presented_client", question.presentedClient()).orElse(client);
        InetSocketAddress local = new InetSocketAddress(listener, question.port());
        SocketPeer peer = new SocketPeer(new InetSocketAddress(client, 0), local);
        ClientFacts facts = ClientFacts.of(peer).with(new PresentedClient(new InetSocketAddress(presented, 0), local));
        if (question.serverName() != null) {
            facts = facts.withServerName(serverName(question.serverName()));
        }
        for (String protocol : question.alpn()) {
            if (protocol == null || protocol.isEmpty() || protocol.length() > LONGEST_PROTOCOL) {
                throw refused("alpn (expected: names of 1 to 255 characters)");
            }
        }
        facts = facts.withAlpnOffers(question.alpn());
        if (question.clientCertificate() != null) {
            List<X509Certificate> chain = chain(question.clientCertificate());
            facts = facts.with(new TlsFacts("TLSv1.3", "", Optional.of(chain.get(0)), chain.subList(1, chain.size())));
        }
        return facts;
    }

    /** Never a name: asking for one would make this question depend on a name service. */
    static Optional<InetAddress> address(String field, String text) throws ControlRefused {
        if (text == null) {
            return Optional.empty();
        }
        Optional<InetAddress> address = IpLiteral.literal(text);
        if (address.isEmpty()) {
            throw refused(field + ": \"" + shown(text) + "\" (expected: an IP address, without a port)");
        }
        return address;
    }

    private static String serverName(String text) throws ControlRefused {
        String name = text.toLowerCase(Locale.ROOT);
        name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (IpLiteral.literal(name).isEmpty() && (name.length() > 253 || !NAME.matcher(name).matches())) {
            throw refused("server_name: \"" + shown(text) + "\" (expected: a host name)");
        }
        return name;
    }

    private List<X509Certificate> chain(String text) throws ControlRefused {
        String pem = ID.matcher(text).matches() ? stored.apply(text.toLowerCase(Locale.ROOT)).orElse("") : text;
        try {
            Collection<?> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            if (!certificates.isEmpty()) {
                return certificates.stream().map(X509Certificate.class::cast).toList();
            }
        } catch (CertificateException e) {
            // the same answer as for none at all
        }
        throw refused("client_certificate (expected: PEM text, or the id of a stored certificate)");
    }

    private static String shown(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    private static ControlRefused refused(String message) {
        return new ControlRefused(Reason.INVALID, message);
    }
}
