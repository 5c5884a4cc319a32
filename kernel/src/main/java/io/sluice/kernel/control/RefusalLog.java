package io.sluice.kernel.control;

import io.sluice.kernel.config.IpLiteral;
import io.sluice.spi.control.Explanation;
import io.sluice.spi.control.RefusedConnection;
import io.sluice.spi.observer.ConnectionObserver;
import io.sluice.spi.observer.ConnectionSummary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest connections that were refused, each explained soon after by a thread of its own: an event loop only hands
 * them over. When more are refused than can be explained, some are left out; counters count them all.
 */
public final class RefusalLog implements ConnectionObserver {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final int KEPT = 200;

    private final BlockingQueue<ConnectionSummary> waiting = new ArrayBlockingQueue<>(KEPT);
    private final Deque<RefusedConnection> latest = new ArrayDeque<>();
    private final Thread thread = new Thread(this::explain, "sluice-refusals");
    private volatile Function<ConnectionSummary, Explanation> explainer;

    /** Begins to explain. */
    void explainBy(Function<ConnectionSummary, Explanation> by) {
        explainer = by;
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void closed(ConnectionSummary summary) {
        if (summary.target().isEmpty()) {
            waiting.offer(summary);
        }
    }

    private void explain() {
        try {
            while (true) {
                ConnectionSummary summary = waiting.take();
                try {
                    add(new RefusedConnection(summary.id(), summary.time().plus(summary.timing().total()),
                            IpLiteral.text(summary.client().client().source()), summary.detail(), explainer.apply(summary)));
                } catch (Throwable e) {
                    LOG.warn("refusal {} cannot be explained", summary.id(), e);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("no more refusals are explained");
        }
    }

    private synchronized void add(RefusedConnection refused) {
        latest.addFirst(refused);
        if (latest.size() > KEPT) {
            latest.removeLast();
        }
    }

    synchronized List<RefusedConnection> latest() {
        return new ArrayList<>(latest);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
