package io.sluice.kernel.session;

import io.sluice.kernel.upstream.ConnectionCounts;
import io.sluice.kernel.upstream.Dial;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** All live sessions, and what they share. Thread-safe. */
public final class Sessions {

    private final Set<Session> live = ConcurrentHashMap.newKeySet();
    private final Observers observers = new Observers();
    private final ConnectionCounts counts = new ConnectionCounts();
    private final AtomicLong lastId = new AtomicLong();
    private final String idPrefix = Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36 * 36, 36 * 36 * 36 * 36 * 36), 36);
    private final Dial.Network network;
    private volatile Rules rules = new Rules(Duration.ofSeconds(10), 0);

    /**
     * What of the settings sessions read.
     *
     * @param handshake           the client's preamble; zero = no deadline
     * @param maxConnectionsPerIp of the whole gateway; 0 = no limit
     */
    public record Rules(Duration handshake, int maxConnectionsPerIp) {
    }

    public Sessions(Dial.Network network) {
        this.network = network;
    }

    /** The rules for connections from now on. */
    public void rules(Rules now) {
        rules = now;
    }

    public Observers observers() {
        return observers;
    }

    /** The live sessions at this moment. */
    public Collection<Session> live() {
        return Collections.unmodifiableCollection(live);
    }

    /** The rules in effect. */
    public Rules rules() {
        return rules;
    }

    Dial.Network network() {
        return network;
    }

    /** Counts per address over the whole gateway. */
    public ConnectionCounts counts() {
        return counts;
    }

    String nextId() {
        return idPrefix + "-" + Long.toString(lastId.incrementAndGet(), 36);
    }

    void opened(Session session) {
        live.add(session);
    }

    void ended(Session session) {
        live.remove(session);
    }
}
