package io.sluice.kernel.control;

import static io.sluice.kernel.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.kernel.Ports;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.runtime.TestGateway;
import io.sluice.spi.control.ConnectionControl.Filter;
import io.sluice.spi.control.ConnectionControl.Page;
import io.sluice.spi.control.ConnectionStatus;
import io.sluice.spi.control.ControlRefused;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionDeskTest {

    private final List<Socket> clients = new ArrayList<>();
    private TestGateway gateway;
    private ConnectionDesk desk;

    @BeforeEach
    void start() throws Exception {
        gateway = new TestGateway(Settings.Transport.AUTO);
        desk = new ConnectionDesk(gateway.runtime);
        gateway.service("a", "", gateway.target()).apply();
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        gateway.close();
    }

    @Test
    void pagesFollowEachOtherFromTheOldestOn() throws Exception {
        connect(7);
        Page first = desk.page(Filter.ALL, "", 3);
        assertThat(addresses(first)).isEqualTo(ownAddresses(0, 3));
        assertThat(first.total()).isEqualTo(7);
        Page second = desk.page(Filter.ALL, first.next().orElseThrow(), 3);
        assertThat(addresses(second)).isEqualTo(ownAddresses(3, 6));
        Page last = desk.page(Filter.ALL, second.next().orElseThrow(), 3);
        assertThat(addresses(last)).isEqualTo(ownAddresses(6, 7));
        assertThat(last.next()).isEmpty();
        assertThat(desk.page(Filter.ALL, "", 7).next()).as("all fit").isEmpty();
    }

    @Test
    void aPageGoesOnWhereTheOneBeforeEndedThoughSomeHaveGone() throws Exception {
        connect(6);
        String next = desk.page(Filter.ALL, "", 3).next().orElseThrow();
        end(1);
        end(2);
        await().until(() -> desk.count(Filter.ALL) == 4);
        Page second = desk.page(Filter.ALL, next, 3);
        assertThat(addresses(second)).isEqualTo(ownAddresses(3, 6));
        assertThat(second.total()).isEqualTo(4);
    }

    @Test
    void aFilterCountsAllAndPagesThoseThatItLetsThrough() throws Exception {
        connect(2);
        gateway.moveTo(Ports.free()).service("b", "", gateway.target()).apply();
        connect(5);
        Filter ofB = new Filter(Optional.empty(), Optional.of("b"), Optional.empty(), Optional.empty());
        Page first = desk.page(ofB, "", 2);
        assertThat(addresses(first)).isEqualTo(ownAddresses(2, 4));
        assertThat(first.total()).isEqualTo(5);
        Page second = desk.page(ofB, first.next().orElseThrow(), 3);
        assertThat(addresses(second)).isEqualTo(ownAddresses(4, 7));
        assertThat(second.total()).isEqualTo(5);
        assertThat(second.next()).isEmpty();
        assertThat(desk.count(ofB)).isEqualTo(5);
    }

    @Test
    void aFilterKnowsTargetsByTheirAddressAndClientsByAnyWayToWriteTheirs() throws Exception {
        connect(2);
        Optional<String> none = Optional.empty();
        assertThat(desk.count(new Filter(none, none, Optional.of(gateway.target()), none))).isEqualTo(2);
        assertThat(desk.count(new Filter(none, none, Optional.of("127.0.0.1:1"), none))).isZero();
        for (String client : List.of("127.0.0.1", "::ffff:127.0.0.1")) {
            assertThat(desk.count(new Filter(none, none, none, Optional.of(client)))).as(client).isEqualTo(2);
        }
        for (String client : List.of("127.0.0.2", "::1", "not.an.address")) {
            assertThat(desk.count(new Filter(none, none, none, Optional.of(client)))).as(client).isZero();
        }
    }

    @Test
    void oneIsFoundAndClosedByItsId() throws Exception {
        connect(3);
        String id = desk.page(Filter.ALL, "", 3).items().get(1).id();
        assertThat(desk.find(id)).map(ConnectionStatus::client).hasValue(ownAddresses(1, 2).get(0));
        assertThat(desk.find(id + "0")).isEmpty();
        assertThat(desk.find("")).isEmpty();
        assertThat(desk.close(new Filter(Optional.of(id), Optional.empty(), Optional.empty(), Optional.empty()), 0)).isEqualTo(1);
        assertThat(clients.get(1).getInputStream().read()).isEqualTo(-1);
        await().until(() -> desk.count(Filter.ALL) == 2);
        assertThat(desk.find(id)).isEmpty();
    }

    @Test
    void whatIsNoCursorIsRefusedAndOneOfAnEarlierProcessBeginsAnew() throws Exception {
        connect(1);
        for (String cursor : List.of("x", "-", "!!", "abcde-", "-1", "abcde-1/", "abcde-99999999999999")) {
            assertThatThrownBy(() -> desk.page(Filter.ALL, cursor, 1)).as(cursor).isInstanceOf(ControlRefused.class);
        }
        assertThat(desk.page(Filter.ALL, "other-zzz", 1).items()).hasSize(1);
    }

    private void connect(int more) throws IOException {
        for (int i = 0; i < more; i++) {
            Socket client = gateway.connect();
            clients.add(client);
            // one after the other, so that it is known who is the oldest
            assertThat(TestGateway.answers(client)).isTrue();
        }
    }

    private void end(int client) throws IOException {
        clients.get(client).setSoLinger(true, 0);
        clients.get(client).close();
    }

    private static List<String> addresses(Page page) {
        return page.items().stream().map(ConnectionStatus::client).toList();
    }

    private List<String> ownAddresses(int from, int to) {
        return clients.subList(from, to).stream().map(client -> "127.0.0.1:" + client.getLocalPort()).toList();
    }
}
