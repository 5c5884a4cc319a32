package io.sluice.kernel.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.observe.Counters;
import io.sluice.kernel.session.Sessions;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.observer.ConnectionSummary;
import io.sluice.spi.observer.ConnectionSummary.Timing;
import io.sluice.spi.observer.ConnectionSummary.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RelayedBytesTest {

    private final Counters counters = new Counters();
    private final RelayedBytes relayed = new RelayedBytes(counters, new Sessions(null));

    @Test
    void serviceThatWasRemovedAndCameBackBetweenTwoLooksCountsFromZero() {
        ended(100);
        assertThat(relayed.byService()).containsEntry("a", new Traffic(100, 100));
        counters.retain(Set.of(), Set::of);
        ended(7);
        assertThat(relayed.byService()).containsEntry("a", new Traffic(7, 7));
        ended(1);
        assertThat(relayed.byService()).containsEntry("a", new Traffic(8, 8));
        assertThat(relayed.inAll()).isEqualTo(new Traffic(108, 108));
    }

    private void ended(long bytes) {
        counters.closed(new ConnectionSummary("1", Instant.EPOCH, "127.0.0.1:1", null,
                Optional.of(new ServiceInfo("a", "a", "", "127.0.0.1", 1)), Optional.empty(), new Traffic(bytes, bytes),
                new Timing(1, Duration.ZERO, Duration.ZERO, Duration.ZERO), CloseReason.values()[0], ""));
    }
}
