package io.sluice.kernel.control;

import io.sluice.kernel.config.IpLiteral;
import io.sluice.kernel.runtime.GatewayRuntime;
import io.sluice.kernel.session.Session;
import io.sluice.kernel.session.SessionStatus;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.control.ConnectionControl;
import io.sluice.spi.control.ConnectionStatus;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.ControlRefused.Reason;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The live connections, read without asking their event loops. */
final class ConnectionDesk implements ConnectionControl {

    private static final Refusal WHY = new Refusal(CloseReason.CLOSED_BY_OPERATOR, "");
    private static final long TICK_MILLIS = 100;
    /** A connection's id: the page begins behind it. */
    private static final Pattern CURSOR = Pattern.compile("[0-9a-z]{1,8}-[0-9a-z]{1,13}");

    private final GatewayRuntime runtime;

    ConnectionDesk(GatewayRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public Page page(Filter filter, String cursor, int limit) throws ControlRefused {
        if (!cursor.isEmpty() && !CURSOR.matcher(cursor).matches()) {
            throw new ControlRefused(Reason.INVALID, "cursor (expected: the \"next\" of an earlier page)");
        }
        // of another process: all that live now came later
        long after = runtime.sessions().number(cursor);
        return filter.equals(Filter.ALL) ? page(runtime.sessions().liveAfter(after), runtime.sessions().live().size(), limit)
                : filtered(new FilteredSessions(filter), after, limit);
    }

    private Page filtered(FilteredSessions lets, long after, int limit) {
        List<Session> chosen = new ArrayList<>();
        int total = 0;
        for (Session session : runtime.sessions().live()) {
            if (lets.test(session)) {
                total++;
                if (session.number() > after && chosen.size() <= limit) {
                    chosen.add(session);
                }
            }
        }
        return page(chosen, total, limit);
    }

    private static Page page(Collection<Session> from, int total, int limit) {
        List<ConnectionStatus> items = new ArrayList<>();
        Iterator<Session> left = from.iterator();
        while (left.hasNext() && items.size() < limit) {
            items.add(shown(left.next().status()));
        }
        // counted a moment apart
        return new Page(items, Math.max(total, items.size()), left.hasNext() ? Optional.of(items.get(items.size() - 1).id()) : Optional.empty());
    }

    @Override
    public int count(Filter filter) {
        return (int) runtime.sessions().live().stream().filter(new FilteredSessions(filter)).count();
    }

    @Override
    public Optional<ConnectionStatus> find(String id) {
        return runtime.sessions().find(id).filter(session -> !session.isClosing()).map(session -> shown(session.status()));
    }

    @Override
    public int close(Filter filter, int perSecond) {
        List<Session> chosen = runtime.sessions().live().stream().filter(new FilteredSessions(filter)).toList();
        if (perSecond <= 0) {
            return (int) chosen.stream().filter(session -> session.close(WHY)).count();
        }
        new Paced(chosen.iterator(), perSecond).run();
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

    private static ConnectionStatus shown(SessionStatus status) {
        InetSocketAddress remote = status.client().socket().remote();
        InetSocketAddress presented = status.client().client().source();
        String client = IpLiteral.text(remote);
        return new ConnectionStatus(status.id(), status.service().orElse(null), status.listener(),
                client, presented.equals(remote) ? client : IpLiteral.text(presented),
                status.client().serverName().orElse(null), status.target().map(target -> target.id()).orElse(null),
                status.since(), status.traffic().bytesFromClient(), status.traffic().bytesToClient());
    }
}
