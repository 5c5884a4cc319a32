package io.sluice.it;

import static io.sluice.it.NamedServer.whoAreAt;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every balancer of the distribution at work. */
class BalancersIT {

    @TempDir
    Path base;

    private Gateway gateway;
    private int port;
    private final List<NamedServer> servers = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        gateway = Gateway.on(base);
        port = Gateway.freePort();
        for (char name = 'a'; name <= 'c'; name++) {
            servers.add(new NamedServer(name));
        }
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        for (NamedServer server : servers) {
            server.close();
        }
    }

    private void run(String balancer) throws IOException {
        gateway.service("s", """
                { "name": "Balanced", "listen_port": %d, "protocol": "tcp", "enable_load_balancing": true,
                  "proxy": { "target_list": ["%s", "%s", "%s"], "balancer": %s } }""".formatted(port,
                servers.get(0).address(), servers.get(1).address(), servers.get(2).address(), balancer)).start();
        assertThat(gateway.ready().get("problems")).isEmpty();
    }

    @Test
    void firstTakesTheFirstThatCanBeReached() throws Exception {
        run("\"first\"");
        assertThat(whoAreAt(port, 5)).isEqualTo("aaaaa");
        servers.get(0).close();
        assertThat(whoAreAt(port, 5)).isEqualTo("bbbbb");
    }

    @Test
    void leastConnectionsFillsUpTheEmptiest() throws Exception {
        run("\"least_connections\"");
        List<Socket> open = new ArrayList<>();
        try {
            StringBuilder reached = new StringBuilder();
            for (int i = 0; i < 9; i++) {
                open.add(Gateway.connect(port));
                reached.append((char) open.get(i).getInputStream().read());
            }
            for (int round = 0; round < 3; round++) {
                assertThat(reached.substring(3 * round, 3 * round + 3)).contains("a", "b", "c");
            }
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void randomReachesEverybody() throws Exception {
        run("{ \"name\": \"random\" }");
        assertThat(whoAreAt(port, 100)).contains("a", "b", "c").doesNotContain("-");
    }

    @Test
    void sourceHashSticksToOneAndGoesOnToAnotherWhenItCannotBeReached() throws Exception {
        run("{ \"name\": \"source_hash\", \"key\": \"client_address\" }");
        String reached = whoAreAt(port, 10);
        assertThat(reached).isEqualTo(reached.substring(0, 1).repeat(10));
        servers.get(reached.charAt(0) - 'a').close();
        String next = whoAreAt(port, 10);
        assertThat(next).isEqualTo(next.substring(0, 1).repeat(10)).doesNotContain(reached.substring(0, 1), "-");
    }
}
