package com.example.byclient;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.config.NoConfig;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.connection.SocketPeer;
import io.sluice.spi.connection.TargetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ByClientTest {

    private record Server(String id, TargetAddress address, int weight, int priority, int connections)
            implements Target {
    }

    private final List<Target> servers = List.of(server("a"), server("b"), server("c"));
    private final Balancer balancer = new ByClient()
            .create(new NoConfig(), new ServiceInfo("s", "s", "", "127.0.0.1", 7001));

    @Test
    void aClientReachesTheSameTargetFromAnyPort() {
        balancer.targets(servers);
        Target target = balancer.pick(none -> false, client("192.0.2.7", 50_000));

        assertThat(balancer.pick(none -> false, client("192.0.2.7", 50_001))).isSameAs(target);
        assertThat(balancer.preview(client("192.0.2.7", 50_002))).isSameAs(target);
    }

    @Test
    void manyClientsReachAllTargets() {
        balancer.targets(servers);
        Set<Target> reached = new HashSet<>();
        for (int host = 1; host < 255; host++) {
            reached.add(balancer.pick(none -> false, client("192.0.2." + host, 50_000)));
        }

        assertThat(reached).containsExactlyInAnyOrderElementsOf(servers);
    }

    @Test
    void aTargetThatWasTriedIsSkipped() {
        balancer.targets(servers);
        Set<Target> tried = new HashSet<>();
        for (int i = 0; i < servers.size(); i++) {
            tried.add(balancer.pick(tried::contains, client("192.0.2.7", 50_000)));
        }

        assertThat(tried).containsExactlyInAnyOrderElementsOf(servers);
        assertThat(balancer.pick(tried::contains, client("192.0.2.7", 50_000))).isNull();
    }

    @Test
    void withoutTargetsNothingIsPicked() {
        assertThat(balancer.pick(none -> false, client("192.0.2.7", 50_000))).isNull();
        assertThat(balancer.preview(client("192.0.2.7", 50_000))).isNull();
    }

    private static Target server(String id) {
        return new Server(id, new TargetAddress("127.0.0.1", 1), 1, 0, 0);
    }

    private static ClientFacts client(String address, int port) {
        return ClientFacts.of(new SocketPeer(
                new InetSocketAddress(address, port), new InetSocketAddress("127.0.0.1", 7001)));
    }
}
