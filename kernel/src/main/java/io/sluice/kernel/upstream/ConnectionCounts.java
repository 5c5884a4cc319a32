package io.sluice.kernel.upstream;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Live connections in all and per client address, against limits. Counted without a limit too: one that comes later is
 * about those that are there already. Thread-safe.
 */
public final class ConnectionCounts {

    private final AtomicInteger all = new AtomicInteger();
    private final ConcurrentHashMap<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();

    /** Counts one more, unless there are {@code limit} already; 0 = no limit. */
    public boolean admits(int limit) {
        if (limit == 0) {
            all.incrementAndGet();
            return true;
        }
        return all.getAndUpdate(n -> n < limit ? n + 1 : n) < limit;
    }

    /** Counts one more of an address, unless there are {@code limit} already; 0 = no limit. */
    public boolean admits(InetAddress address, int limit) {
        if (limit == 0) {
            byAddress.merge(address, 1, Integer::sum);
            return true;
        }
        boolean[] admitted = {false};
        byAddress.compute(address, (a, n) -> {
            int now = n == null ? 0 : n;
            admitted[0] = now < limit;
            return admitted[0] ? Integer.valueOf(now + 1) : n;
        });
        return admitted[0];
    }

    /** Ends what {@link #admits(int)} began. */
    public void release() {
        all.decrementAndGet();
    }

    /** Ends what {@link #admits(InetAddress, int)} began. */
    public void release(InetAddress address) {
        byAddress.computeIfPresent(address, (a, n) -> n == 1 ? null : n - 1);
    }

    public int all() {
        return all.get();
    }

    /** Those of an address. */
    public int of(InetAddress address) {
        return byAddress.getOrDefault(address, 0);
    }
}
