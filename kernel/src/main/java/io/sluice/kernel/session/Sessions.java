package io.sluice.kernel.session;

import io.sluice.kernel.upstream.ConnectionCounts;
import io.sluice.kernel.upstream.Dial;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** All live sessions, and what they share. Thread-safe. */
public final class Sessions {

    /** By number: a page of a list begins where the one before ended, and looks at no others. */
    private final ConcurrentNavigableMap<Long, Session> live = new ConcurrentSkipListMap<>();
    private final Observers observers = new Observers();
    private final ConnectionCounts counts = new ConnectionCounts();
    private final AtomicLong last = new AtomicLong();
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

    /** The live sessions at this moment, the oldest first. */
    public Collection<Session> live() {
        return Collections.unmodifiableCollection(live.values());
    }

    /** Those of them that are younger than the session with this number, which may have ended. */
    public Collection<Session> liveAfter(long number) {
        return Collections.unmodifiableCollection(live.tailMap(number, false).values());
    }

    /** The live session with this id. */
    public Optional<Session> find(String id) {
        return Optional.ofNullable(live.get(number(id))).filter(session -> session.id().equals(id));
    }

    /** The number in an id; 0, which is less than any, for what is no id of this process. */
    public long number(String id) {
        if (!id.startsWith(idPrefix + "-")) {
            return 0;
        }
        try {
            return Long.parseLong(id, idPrefix.length() + 1, id.length(), 36);
        } catch (NumberFormatException e) {
            return 0;
        }
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

    /** Of the next session; they count up. */
    long nextNumber() {
        return last.incrementAndGet();
    }

    String id(long number) {
        return idPrefix + "-" + Long.toString(number, 36);
    }

    void opened(Session session) {
        live.put(session.number(), session);
    }

    void ended(Session session) {
        live.remove(session.number());
    }
}
