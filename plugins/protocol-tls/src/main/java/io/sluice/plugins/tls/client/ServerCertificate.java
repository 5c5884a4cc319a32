package io.sluice.plugins.tls.client;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.sluice.plugins.tls.hello.ClientHello;
import io.sluice.plugins.tls.material.CoveredNames;
import io.sluice.plugins.tls.material.Identity;
import io.sluice.plugins.tls.provider.TlsVersion;
import java.security.interfaces.ECPublicKey;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * One certificate of a service, the context that proves the gateway with it, and the tickets of its sessions.
 *
 * <p>Which one a client gets is decided from its ClientHello, so both providers decide alike: of those that it can verify
 * the first that is for the name it asked for; EC before RSA, because it costs less.
 */
final class ServerCertificate {

    private static final Set<Integer> ECDSA_SUITES = Set.of(0xc02b, 0xc02c, 0xcca9, 0xc009, 0xc00a, 0xc023, 0xc024);
    private static final Set<Integer> RSA_SUITES = Set.of(0xc02f, 0xc030, 0xcca8, 0xc013, 0xc014, 0xc027, 0xc028);
    private static final Set<Integer> RSA_PSS = Set.of(0x0804, 0x0805, 0x0806);
    private static final Set<Integer> RSA_PKCS1 = Set.of(0x0401, 0x0501, 0x0601, 0x0201);
    private static final Set<Integer> ECDSA = Set.of(0x0403, 0x0503, 0x0603, 0x0203);
    /** The one signature scheme of TLS 1.3 and the group of a curve, by the bits of its order. */
    private static final Map<Integer, Integer> SCHEME = Map.of(256, 0x0403, 384, 0x0503, 521, 0x0603);
    private static final Map<Integer, Integer> GROUP = Map.of(256, 23, 384, 24, 521, 25);

    private final CoveredNames names;
    private final SslContext context;
    private final TicketKeys tickets;
    private final Function<Channel, Executor> tasks;
    private final int curve;

    /**
     * @param identity the certificate and its key
     * @param context  made for it
     * @param tickets  of that context
     * @param tasks    does what would keep a connection's event loop from its work
     */
    ServerCertificate(Identity identity, SslContext context, TicketKeys tickets, Function<Channel, Executor> tasks) {
        this.names = CoveredNames.of(identity.leaf());
        this.context = context;
        this.tickets = tickets;
        this.tasks = tasks;
        this.curve = identity.leaf().getPublicKey() instanceof ECPublicKey key ? key.getParams().getOrder().bitLength() : 0;
    }

    /** A handler for a new session. */
    SslHandler newHandler(Channel connection) {
        tickets.rotateIfDue();
        return context.newHandler(connection.alloc(), tasks.apply(connection));
    }

    /** The certificate for a client. */
    static ServerCertificate choose(List<ServerCertificate> all, ClientHello hello, TlsVersion highest) {
        if (all.size() == 1) {
            return all.get(0);
        }
        ServerCertificate best = all.get(0);
        int bestRank = -1;
        for (ServerCertificate one : all) {
            int rank = one.rank(hello, highest);
            if (rank > bestRank) {
                best = one;
                bestRank = rank;
            }
        }
        return best;
    }

    private int rank(ClientHello hello, TlsVersion highest) {
        boolean tls13 = highest == TlsVersion.TLS_1_3 && hello.versions().contains(ClientHello.TLS_1_3);
        boolean verifiable = curve > 0 ? verifiesEc(hello, tls13) : verifiesRsa(hello, tls13);
        boolean named = hello.serverName().filter(names::covers).isPresent();
        return (verifiable ? 4 : 0) + (named ? 2 : 0) + (curve > 0 ? 1 : 0);
    }

    private boolean verifiesEc(ClientHello hello, boolean tls13) {
        if (tls13) {
            return hello.signatureSchemes().contains(SCHEME.get(curve));
        }
        return !Collections.disjoint(hello.signatureSchemes(), ECDSA)
                && !Collections.disjoint(hello.suites(), ECDSA_SUITES)
                && (hello.groups().isEmpty() || hello.groups().contains(GROUP.get(curve)));
    }

    private static boolean verifiesRsa(ClientHello hello, boolean tls13) {
        Set<Integer> schemes = hello.signatureSchemes();
        if (tls13) {
            return !Collections.disjoint(schemes, RSA_PSS);
        }
        return !Collections.disjoint(hello.suites(), RSA_SUITES) && (schemes.isEmpty()
                || !Collections.disjoint(schemes, RSA_PKCS1) || !Collections.disjoint(schemes, RSA_PSS));
    }
}
