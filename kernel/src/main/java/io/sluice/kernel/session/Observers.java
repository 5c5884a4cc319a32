package io.sluice.kernel.session;

import io.sluice.spi.observer.ConnectionObserver;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all observers; what one of them throws stops neither the session nor the others. Thread-safe. */
public final class Observers {

    private static final Logger LOG = LoggerFactory.getLogger(Observers.class);
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong lastLogged = new AtomicLong(System.nanoTime() - SECOND);
    private volatile List<ConnectionObserver> observers = List.of();

    /** The observers from now on. */
    public void set(List<ConnectionObserver> now) {
        observers = List.copyOf(now);
    }

    /** Calls each of them. */
    public void tell(Consumer<ConnectionObserver> event) {
        for (ConnectionObserver observer : observers) {
            try {
                event.accept(observer);
            } catch (Throwable e) {
                long now = System.nanoTime();
                long last = lastLogged.get();
                if (now - last >= SECOND && lastLogged.compareAndSet(last, now)) {
                    LOG.error("observer {} failed", observer.getClass().getName(), e);
                }
            }
        }
    }
}
