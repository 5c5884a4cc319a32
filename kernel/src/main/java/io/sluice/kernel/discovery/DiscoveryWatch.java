package io.sluice.kernel.discovery;

import io.sluice.spi.discovery.DiscoveryAnswer;
import io.sluice.spi.discovery.DiscoveryContext;
import io.sluice.spi.discovery.DiscoveryException;
import io.sluice.spi.discovery.PreparedDiscovery;
import io.sluice.spi.discovery.TargetLookup;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The discovery of one service at work: asks, waits, asks again.
 *
 * <p>Invariants: at most one attempt runs; the next one is scheduled only when it has ended; an attempt that was cut
 * short closes its lookup, and the next one begins anew.
 */
public final class DiscoveryWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DiscoveryWatch.class);

    private final PreparedDiscovery discovery;
    private final DiscoveryContext context;
    private final DiscoveryListener listener;
    private final DiscoveryRules rules;
    private final Discoveries threads;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** Guards all below; held while the listener is told, so that it hears nothing after {@link #close}. */
    private final Object lock = new Object();
    private TargetLookup lookup;
    private Thread asking;
    private long attempt;
    private boolean overdue;
    private boolean closed;
    private int failures;
    private Runnable cancelNext = () -> { };

    DiscoveryWatch(PreparedDiscovery discovery, DiscoveryContext context, DiscoveryListener listener,
            DiscoveryRules rules, Discoveries threads) {
        this.discovery = discovery;
        this.context = context;
        this.listener = listener;
        this.rules = rules;
        this.threads = threads;
    }

    void askIn(Duration pause) {
        synchronized (lock) {
            if (!closed) {
                cancelNext = threads.later(pause, () -> {
                    try {
                        threads.workers().execute(this::ask);
                    } catch (RejectedExecutionException e) {
                        LOG.debug("the gateway is going down: nothing more is discovered");
                    }
                });
            }
        }
    }

    private void ask() {
        long number;
        synchronized (lock) {
            if (closed) {
                return;
            }
            asking = Thread.currentThread();
            number = ++attempt;
            overdue = false;
        }
        Runnable noDeadline = threads.later(rules.deadline(), () -> hurry(number));
        Runnable noClosing = threads.later(rules.deadline().plus(rules.grace()), () -> cutShort(number));
        Duration pause;
        try {
            pause = succeeded(begun().look());
        } catch (Throwable e) {
            pause = failed(e);
        } finally {
            noDeadline.run();
            noClosing.run();
            synchronized (lock) {
                asking = null;
                Thread.interrupted();
                if (closed) {
                    ended.complete(null);
                }
            }
        }
        askIn(pause);
    }

    private TargetLookup begun() throws InterruptedException {
        synchronized (lock) {
            // whoever was to cut this attempt short has found nothing to close, and does not come again
            if (closed || overdue) {
                throw new InterruptedException();
            }
            if (lookup == null) {
                lookup = discovery.begin(context);
            }
            return lookup;
        }
    }

    private Duration succeeded(DiscoveryAnswer answer) throws DiscoveryException {
        Answers answers = Answers.of(answer.targets());
        if (answers.usable().isEmpty()) {
            throw new DiscoveryException(answer.targets().isEmpty() ? "the answer has no targets (expected: at least one)"
                    : "none of the answer's targets can be used: " + String.join("; ", answers.leftOut()));
        }
        synchronized (lock) {
            failures = 0;
            tell(() -> listener.found(answers.usable(), answers.leftOut()));
        }
        return rules.afterAnswer(answer.validFor());
    }

    private Duration failed(Throwable failure) {
        synchronized (lock) {
            boolean late = overdue;
            if (late) {
                closeLookup();
            }
            Duration pause = rules.afterFailures(++failures, refresh());
            String reason = late ? "no answer within " + rules.deadline().toSeconds() + " s" : sentence(failure);
            LOG.debug("discovery failed", failure);
            tell(() -> listener.failed(reason, pause));
            return pause;
        }
    }

    private Duration refresh() {
        try {
            return discovery.refresh();
        } catch (Throwable e) {
            LOG.error("a discovery plugin cannot say how long to wait", e);
            return Duration.ZERO;
        }
    }

    private static String sentence(Throwable failure) {
        boolean told = failure instanceof DiscoveryException && failure.getMessage() != null;
        String text = told ? failure.getMessage() : "its plugin failed: " + failure;
        return text.length() > 500 ? text.substring(0, 500) + "\u2026" : text;
    }

    private void tell(Runnable what) {
        if (!closed) {
            what.run();
        }
    }

    private void hurry(long number) {
        synchronized (lock) {
            if (asking != null && attempt == number) {
                overdue = true;
                asking.interrupt();
            }
        }
    }

    private void cutShort(long number) {
        synchronized (lock) {
            if (asking != null && attempt == number) {
                closeLookup();
            }
        }
    }

    /** The next attempt begins anew. */
    private void closeLookup() {
        synchronized (lock) {
            TargetLookup old = lookup;
            lookup = null;
            if (old != null) {
                try {
                    old.close();
                } catch (Throwable e) {
                    LOG.error("a discovery plugin's lookup could not be closed", e);
                }
            }
        }
    }

    /**
     * Ends it: when this returns, the listener is told nothing any more. Does not wait for an attempt that is under way;
     * {@link #ended} does.
     */
    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            cancelNext.run();
            closeLookup();
            if (asking == null) {
                ended.complete(null);
            } else {
                asking.interrupt();
            }
        }
    }

    /** Completed when, after {@link #close}, no code of the plugin runs any more. Perhaps on a discovery thread. */
    public CompletionStage<Void> ended() {
        return ended;
    }
}
