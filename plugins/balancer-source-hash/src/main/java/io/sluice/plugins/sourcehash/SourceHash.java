package io.sluice.plugins.sourcehash;

import io.sluice.plugins.sourcehash.SourceHashConfig.Key;
import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.connection.ClientFacts;
import java.util.List;
import java.util.function.Predicate;

/**
 * Consistent hashing over a table of slots, with bounded loads if wanted (Mirrokni, Thorup, Zadimoghaddam).
 *
 * <p>A client whose target was attempted or is full goes on to others in an order that depends on the client alone.
 */
final class SourceHash implements Balancer {

    /** So many slots are looked up before all targets are gone through: most clients find another in the second. */
    private static final int LOOKS = 16;

    private final SourceHashConfig config;
    private volatile SlotTable table = SlotTable.of(List.of());

    SourceHash(SourceHashConfig config) {
        this.config = config;
    }

    @Override
    public void targets(List<Target> candidates) {
        table = SlotTable.of(candidates);
    }

    @Override
    public Target pick(Predicate<Target> attempted, ClientFacts client) {
        return choose(attempted, client);
    }

    @Override
    public Target preview(ClientFacts client) {
        return choose(null, client);
    }

    private Target choose(Predicate<Target> attempted, ClientFacts client) {
        SlotTable now = table;
        if (now.isEmpty()) {
            return null;
        }
        long hash = hash(client);
        if (config.maxLoad() > 0) {
            Target below = free(now, hash, attempted, now.bound(config.maxLoad()));
            if (below != null) {
                return below;
            }
        }
        return free(now, hash, attempted, Double.MAX_VALUE);
    }

    private static Target free(SlotTable table, long hash, Predicate<Target> attempted, double bound) {
        long look = hash;
        for (int looks = 0; looks < LOOKS; looks++) {
            Target owner = table.owner(look);
            if (isFree(owner, attempted, bound)) {
                return owner;
            }
            look = Hashes.mixed(look + Hashes.GOLDEN_GAMMA);
        }
        int start = (int) (look >>> 33) % table.size();
        for (int step = 0; step < table.size(); step++) {
            Target target = table.at((start + step) % table.size());
            if (isFree(target, attempted, bound)) {
                return target;
            }
        }
        return null;
    }

    private static boolean isFree(Target target, Predicate<Target> attempted, double bound) {
        return (attempted == null || !attempted.test(target))
                && (bound == Double.MAX_VALUE || target.connections() < bound * Math.max(1, target.weight()));
    }

    /** Never allocates: an address' own bytes could only be had as a copy. */
    private long hash(ClientFacts client) {
        if (config.key() == Key.SERVER_NAME && client.serverName().isPresent()) {
            return Hashes.of(client.serverName().get());
        }
        // of IPv4 all 32 bits; of IPv6 the sum of its four words
        return Hashes.mixed(client.client().source().getAddress().hashCode());
    }
}
