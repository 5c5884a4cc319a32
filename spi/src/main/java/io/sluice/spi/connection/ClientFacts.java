package io.sluice.spi.connection;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All that is known about a client so far. Immutable; each layer adds what it learnt.
 *
 * @param socket     the socket's ends
 * @param client     who the client is
 * @param serverName the server name that the client asked for: lower case, without a trailing dot
 * @param alpnOffers the application protocols that the client offered, in its order; empty if none
 * @param alpn       the application protocol that was agreed on
 * @param tls        the client's TLS session
 * @since 1.0
 */
public record ClientFacts(
        SocketPeer socket,
        PresentedClient client,
        Optional<String> serverName,
        List<String> alpnOffers,
        Optional<String> alpn,
        Optional<TlsFacts> tls) {

    public ClientFacts {
        Objects.requireNonNull(socket, "socket");
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(serverName, "serverName");
        alpnOffers = List.copyOf(alpnOffers);
        Objects.requireNonNull(alpn, "alpn");
        Objects.requireNonNull(tls, "tls");
    }

    /** What is known at accept: the socket, which presents itself. */
    public static ClientFacts of(SocketPeer socket) {
        return new ClientFacts(socket, new PresentedClient(socket.remote(), socket.local()),
                Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }

    /** The same facts with another presented client. */
    public ClientFacts with(PresentedClient presented) {
        return new ClientFacts(socket, presented, serverName, alpnOffers, alpn, tls);
    }

    /** The same facts with the server name that the client asked for, given in lower case without a trailing dot. */
    public ClientFacts withServerName(String name) {
        return new ClientFacts(socket, client, Optional.of(name), alpnOffers, alpn, tls);
    }

    /** The same facts with the application protocols that the client offered. */
    public ClientFacts withAlpnOffers(List<String> offers) {
        return new ClientFacts(socket, client, serverName, offers, alpn, tls);
    }

    /** The same facts with the application protocol that was agreed on. */
    public ClientFacts withAlpn(String protocol) {
        return new ClientFacts(socket, client, serverName, alpnOffers, Optional.of(protocol), tls);
    }

    /** The same facts with the client's TLS session. */
    public ClientFacts with(TlsFacts session) {
        return new ClientFacts(socket, client, serverName, alpnOffers, alpn, Optional.of(session));
    }
}
