package io.sluice.spi.connection;

import java.util.Objects;
import java.util.Optional;

/**
 * All that is known about a client so far. Immutable; each layer adds what it learnt.
 *
 * @param socket     the socket's ends
 * @param client     who the client is
 * @param serverName the server name that the client asked for: lower case, without a trailing dot
 * @param alpn       the application protocol that was agreed on
 * @param tls        the client's TLS session
 * @since 1.0
 */
public record ClientFacts(
        SocketPeer socket,
        PresentedClient client,
        Optional<String> serverName,
        Optional<String> alpn,
        Optional<TlsFacts> tls) {

    public ClientFacts {
        Objects.requireNonNull(socket, "socket");
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(serverName, "serverName");
        Objects.requireNonNull(alpn, "alpn");
        Objects.requireNonNull(tls, "tls");
    }

    /** What is known at accept: the socket, which presents itself. */
    public static ClientFacts of(SocketPeer socket) {
        return new ClientFacts(socket, new PresentedClient(socket.remote(), socket.local()),
                Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same facts with another presented client. */
    public ClientFacts with(PresentedClient presented) {
        return new ClientFacts(socket, presented, serverName, alpn, tls);
    }

    /** The same facts with the server name that the client asked for, given in lower case without a trailing dot. */
    public ClientFacts withServerName(String name) {
        return new ClientFacts(socket, client, Optional.of(name), alpn, tls);
    }

    /** The same facts with the application protocol that was agreed on. */
    public ClientFacts withAlpn(String protocol) {
        return new ClientFacts(socket, client, serverName, Optional.of(protocol), tls);
    }

    /** The same facts with the client's TLS session. */
    public ClientFacts with(TlsFacts session) {
        return new ClientFacts(socket, client, serverName, alpn, Optional.of(session));
    }
}
