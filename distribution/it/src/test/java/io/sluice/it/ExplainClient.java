package io.sluice.it;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.it.ExplainPlans.Port;
import io.sluice.testing.certs.Issued;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLSocket;

/**
 * A client as it is asked about and as it then comes.
 *
 * @param name      the server name that it asks for; empty for none
 * @param presented whom its PROXY header names; empty for a header that says nothing
 * @param identity  the certificate that it has; {@code null} for none
 */
record ExplainClient(Port port, String source, String presented, String name, List<String> alpn, Issued identity) {

    private static final List<String> NAMES = List.of("", "a.example", "A.Example", "b.example", "x.wild.example",
            "x.y.wild.example", "wild.example", "other.test");
    private static final List<List<String>> PROTOCOLS = List.of(List.of(), List.of(), List.of("mqtt"), List.of("redis", "mqtt"),
            List.of("other"));

    static ExplainClient any(Random random, Port port) {
        boolean tls = port.tls();
        Issued[] identities = {null, ExplainPlans.ALICE, ExplainPlans.BOB, ExplainPlans.STRANGER};
        return new ExplainClient(port, "127.0.0." + (1 + random.nextInt(4)),
                port.proxied() && random.nextBoolean() ? "192.0.2." + (1 + random.nextInt(4)) : "",
                tls ? NAMES.get(random.nextInt(NAMES.size())) : "",
                tls ? PROTOCOLS.get(random.nextInt(PROTOCOLS.size())) : List.of(),
                tls ? identities[random.nextInt(identities.length)] : null);
    }

    /** What is asked about it. */
    ObjectNode question(ObjectNode question) {
        question.put("port", port.number()).put("client", source);
        if (!presented.isEmpty()) {
            question.put("presented_client", presented);
        }
        if (!name.isEmpty()) {
            question.put("server_name", name);
        }
        alpn.forEach(question.withArray("alpn")::add);
        if (identity != null) {
            question.put("client_certificate", identity.chainPem());
        }
        return question;
    }

    /**
     * What came of a connection.
     *
     * @param top  the outermost socket: one that nobody holds any more is closed by the collector
     * @param name of the server that it reaches; -1 for none
     */
    record Talk(Socket plain, Socket top, int name) {
    }

    /** Says all that it has to say. */
    Talk talk(Socket plain) {
        try {
            if (port.proxied()) {
                String header = presented.isEmpty() ? "PROXY UNKNOWN\r\n" : "PROXY TCP4 " + presented + " 192.0.2.200 4711 443\r\n";
                plain.getOutputStream().write(header.getBytes(StandardCharsets.US_ASCII));
            }
            if (!port.tls()) {
                return new Talk(plain, plain, plain.getInputStream().read());
            }
            SSLSocket secure = TlsClient.over(plain, name, identity, alpn.toArray(String[]::new));
            return new Talk(plain, secure, secure.getInputStream().read());
        } catch (IOException e) {
            return new Talk(plain, plain, -1);
        }
    }

    /** Ends a connection whatever is in it. */
    static void reset(Socket plain) throws IOException {
        if (!plain.isClosed()) {
            plain.setSoLinger(true, 0);
            plain.close();
        }
    }

    @Override
    public String toString() {
        return source + (presented.isEmpty() ? "" : " for " + presented) + " to " + port + ", name \"" + name + "\", alpn " + alpn
                + ", " + (identity == null ? "no certificate" : identity.certificate().getSubjectX500Principal().toString());
    }
}
