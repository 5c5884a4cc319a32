package io.sluice.kernel.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.SocketPeer;
import io.sluice.spi.control.RefusedConnection;
import io.sluice.spi.observer.ConnectionSummary;
import io.sluice.spi.observer.ConnectionSummary.Timing;
import io.sluice.spi.observer.ConnectionSummary.Traffic;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusalLogTest {

    private final RefusalLog refusals = new RefusalLog();

    @Test
    void pluginWhoseClassesAreGoneCostsOneExplanationAndNotAllThatCome() {
        refusals.explainBy(summary -> {
            if (summary.id().equals("1")) {
                throw new NoClassDefFoundError("on purpose");
            }
            return null;
        });
        refusals.closed(refused("1"));
        refusals.closed(refused("2"));
        await().until(() -> !refusals.latest().isEmpty());
        assertThat(refusals.latest()).extracting(RefusedConnection::id).containsExactly("2");
        refusals.close();
    }

    private static ConnectionSummary refused(String id) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        return new ConnectionSummary(id, Instant.EPOCH, "127.0.0.1:1", ClientFacts.of(new SocketPeer(address, address)),
                Optional.empty(), Optional.empty(), new Traffic(0, 0), new Timing(0, Duration.ZERO, Duration.ZERO, Duration.ZERO),
                CloseReason.NO_SERVICE, "");
    }
}
