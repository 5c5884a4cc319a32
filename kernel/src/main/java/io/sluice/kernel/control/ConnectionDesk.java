package io.sluice.kernel.control;

import io.sluice.kernel.runtime.GatewayRuntime;
import io.sluice.kernel.session.Session;
import io.sluice.kernel.session.SessionStatus;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.control.ConnectionControl;
import io.sluice.spi.control.ConnectionStatus;
import java.net.InetSocketAddress;
import java.util.AbstractList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The live connections, read without asking their event loops. */
final class ConnectionDesk implements ConnectionControl {

    private static final Refusal WHY = new Refusal(CloseReason.CLOSED_BY_OPERATOR, "");
    private static final long TICK_MILLIS = 100;

    private final GatewayRuntime runtime;

    ConnectionDesk(GatewayRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public List<ConnectionStatus> all(Filter filter) {
        List<Session> chosen = runtime.sessions().live().stream()
                .filter(session -> filter.equals(Filter.ALL) || lets(filter, session.status()))
                .sorted(Comparator.comparing(Session::since).thenComparing(Session::id)).toList();
        // of thousands, one page is shown: only that is made
        return new AbstractList<>() {
            @Override
            public ConnectionStatus get(int index) {
                return shown(chosen.get(index).status());
            }

            @Override
            public int size() {
                return chosen.size();
            }
        };
    }

    @Override
    public Optional<ConnectionStatus> find(String id) {
        return runtime.sessions().live().stream().filter(session -> session.id().equals(id)).findFirst()
                .map(session -> shown(session.status()));
    }

    @Override
    public int close(Filter filter, int perSecond) {
        List<Session> chosen = runtime.sessions().live().stream()
                .filter(session -> lets(filter, session.status())).toList();
        if (perSecond <= 0) {
            chosen.forEach(session -> session.close(WHY));
        } else {
            new Paced(chosen.iterator(), perSecond).run();
        }
        return chosen.size();
    }

    /** Closes some at each tick; carries over what a tick cannot do in full. */
    private final class Paced implements Runnable {

        private final Iterator<Session> left;
        private final double perTick;
        private double due;

        Paced(Iterator<Session> left, int perSecond) {
            this.left = left;
            this.perTick = perSecond * TICK_MILLIS / 1000.0;
        }

        @Override
        public void run() {
            for (due += perTick; due >= 1 && left.hasNext(); due--) {
                left.next().close(WHY);
            }
            if (left.hasNext()) {
                runtime.later(this, TICK_MILLIS);
            }
        }
    }

    private static boolean lets(Filter filter, SessionStatus status) {
        return filter.id().filter(id -> !id.equals(status.id())).isEmpty()
                && filter.service().filter(id -> !status.service().equals(Optional.of(id))).isEmpty()
                && filter.target().filter(name -> status.target().filter(target -> target.id().equals(name)
                        || target.address().toString().equals(name)).isEmpty()).isEmpty()
                && filter.client().filter(address -> !address.equals(
                        host(status.client().client().source()))).isEmpty();
    }

    private static ConnectionStatus shown(SessionStatus status) {
        return new ConnectionStatus(status.id(), status.service().orElse(null), status.listener(),
                text(status.client().socket().remote()), text(status.client().client().source()),
                status.client().serverName().orElse(null), status.target().map(target -> target.id()).orElse(null),
                status.since(), status.traffic().bytesFromClient(), status.traffic().bytesToClient());
    }

    private static String host(InetSocketAddress address) {
        return address.getAddress().getHostAddress();
    }

    private static String text(InetSocketAddress address) {
        String host = host(address);
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + address.getPort() : host + ":" + address.getPort();
    }
}
