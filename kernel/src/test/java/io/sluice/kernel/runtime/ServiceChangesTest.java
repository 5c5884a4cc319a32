package io.sluice.kernel.runtime;

import static io.sluice.kernel.Await.await;
import static io.sluice.kernel.runtime.TestGateway.answers;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.Ports;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.plan.Carrier;
import io.sluice.spi.config.ConfigField;
import io.sluice.spi.config.Findings;
import io.sluice.spi.config.NoConfig;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.observer.ConnectionObserver;
import io.sluice.spi.observer.ConnectionSummary;
import io.sluice.spi.protocol.UpstreamLayer;
import io.sluice.spi.protocol.UpstreamProtocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services that come, go and come back, and targets that end too early. */
class ServiceChangesTest {

    private TestGateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new TestGateway(Settings.Transport.AUTO);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    @Test
    void serviceThatComesBackStillCountsItsConnections() throws Exception {
        String fields = "\"on_service_removed\": \"keep\", \"limits\": { \"max_connections\": 1 }";
        gateway.service("a", fields, gateway.target()).apply();
        try (Socket held = gateway.connect()) {
            assertThat(answers(held)).isTrue();
            gateway.without("a").apply();
            gateway.service("a", fields, gateway.target()).apply();
            try (Socket second = gateway.connect()) {
                assertThat(answers(second)).isFalse();
            }
            assertThat(gateway.nextEnd().reason()).isEqualTo(CloseReason.TOO_MANY_CONNECTIONS);
            assertThat(answers(held)).isTrue();
        }
    }

    @Test
    void whoIsToldOfAnEndFindsThePlaceFree() throws Exception {
        BlockingQueue<Integer> held = new LinkedBlockingQueue<>();
        gateway.observedBy(new ConnectionObserver() {
            @Override
            public void closed(ConnectionSummary summary) {
                held.add(gateway.runtime.sessions().counts().of(InetAddress.getLoopbackAddress()));
            }
        }).service("a", "", gateway.target()).apply();
        try (Socket socket = gateway.connect()) {
            assertThat(answers(socket)).isTrue();
        }
        assertThat(held.poll(1, TimeUnit.MINUTES)).isZero();
    }

    @Test
    void aChangedPortOpensBeforeTheOldOneCloses() throws Exception {
        gateway.service("a", "", gateway.target()).apply();
        List<Boolean> oldOneAccepts = new CopyOnWriteArrayList<>();
        try (Socket held = gateway.connect()) {
            int old = held.getPort();
            gateway.onListenerChange(() -> oldOneAccepts.add(accepts(old)));

            gateway.moveTo(Ports.free()).service("a", "", gateway.target()).apply();

            assertThat(oldOneAccepts).containsExactly(true);
            assertThat(accepts(old)).isFalse();
            assertThat(answers(held)).isTrue();
            try (Socket fresh = gateway.connect()) {
                assertThat(answers(fresh)).isTrue();
            }
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aChangedServiceClosesTheConnectionsThatItNoLongerAdmits() throws Exception {
        Carrier carrier = new Carrier();
        gateway.service("a", "\"protocol\": { \"name\": \"carrier\" }", gateway.target()).apply(carrier);
        try (Socket held = gateway.connect()) {
            assertThat(answers(held)).isTrue();
            gateway.service("a", "\"protocol\": { \"name\": \"carrier\", \"alpn\": [\"x\"] }", gateway.target()).apply(carrier);
            assertThat(answers(held)).as("a change that does not touch it").isTrue();
            assertThat(refusedByNext(carrier)).isZero();
            gateway.service("a", "\"protocol\": { \"name\": \"carrier\", \"refuse\": \"revoked\" }", gateway.target());
            assertThat(refusedByNext(carrier)).as("what a preview says").isEqualTo(1);
            gateway.apply(carrier);
            assertThat(gateway.nextEnd()).extracting(ConnectionSummary::reason, ConnectionSummary::detail)
                    .containsExactly(CloseReason.CLIENT_CERTIFICATE_REFUSED, "revoked");
        }
    }

    private int refusedByNext(Carrier carrier) throws Exception {
        return gateway.runtime.refusedBy(gateway.next(carrier).plan().services().get("a"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLimitPerAddressThatComesLaterCountsThoseThatAreThere(boolean ofTheGateway) throws Exception {
        gateway.service("a", "", gateway.target()).apply();
        try (Socket first = gateway.connect(); Socket second = gateway.connect()) {
            assertThat(answers(first)).isTrue();
            assertThat(answers(second)).isTrue();
            String limits = "\"limits\": { \"max_connections_per_ip\": 2 }";
            if (ofTheGateway) {
                gateway.settings(limits).apply();
            } else {
                gateway.service("a", limits, gateway.target()).apply();
            }
            try (Socket third = gateway.connect()) {
                assertThat(answers(third)).isFalse();
            }
            assertThat(gateway.nextEnd().reason()).isEqualTo(CloseReason.TOO_MANY_CONNECTIONS);
        }
        gateway.nextEnd();
        gateway.nextEnd();
        await("nothing is counted").until(() -> gateway.runtime.sessions().counts().of(InetAddress.getLoopbackAddress()) == 0);
    }

    @Test
    void aConnectionIsClosedOnce() throws Exception {
        gateway.service("a", "", gateway.target()).apply();
        try (Socket held = gateway.connect()) {
            assertThat(answers(held)).isTrue();
            Refusal why = new Refusal(CloseReason.CLOSED_BY_OPERATOR, "");
            assertThat(gateway.runtime.close(session -> true, why)).isEqualTo(1);
            assertThat(gateway.runtime.close(session -> true, why)).isZero();
            assertThat(gateway.nextEnd().reason()).isEqualTo(CloseReason.CLOSED_BY_OPERATOR);
        }
    }

    @Test
    void aLayerThatCannotSayWhomItAdmitsAdmitsNobody() throws Exception {
        Carrier carrier = new Carrier();
        gateway.service("a", "\"protocol\": { \"name\": \"carrier\" }", gateway.target()).apply(carrier);
        try (Socket held = gateway.connect()) {
            assertThat(answers(held)).isTrue();
            gateway.service("a", "\"protocol\": { \"name\": \"carrier\", \"refuse\": \"throws\" }", gateway.target())
                    .apply(carrier);
            assertThat(gateway.nextEnd().reason()).isEqualTo(CloseReason.INTERNAL_ERROR);
        }
    }

    @Test
    void removalClosesOrKeepsConnectionsAsTheServiceSays() throws Exception {
        gateway.service("a", "\"on_service_removed\": \"close\"", gateway.target()).apply();
        try (Socket held = gateway.connect()) {
            assertThat(answers(held)).isTrue();
            gateway.without("a").apply();
            assertThat(answers(held)).isFalse();
        }
        assertThat(gateway.nextEnd().reason()).isEqualTo(CloseReason.SERVICE_REMOVED);
        gateway.service("b", "\"on_service_removed\": \"keep\"", gateway.target()).apply();
        try (Socket held = gateway.connect()) {
            assertThat(answers(held)).isTrue();
            gateway.without("b").apply();
            assertThat(answers(held)).isTrue();
        }
        assertThat(gateway.nextEnd().reason()).isEqualTo(CloseReason.COMPLETED);
    }

    @Test
    void unchangedServiceKeepsItsConnectionsWhenAnotherOneChanges() throws Exception {
        gateway.service("a", "", gateway.target()).apply();
        try (Socket held = gateway.connect()) {
            assertThat(answers(held)).isTrue();
            gateway.service("a", "\"slug\": \"changed\"", TestGateway.nobody()).apply();
            assertThat(answers(held)).isTrue();
        }
        ConnectionSummary end = gateway.nextEnd();
        assertThat(end.reason()).isEqualTo(CloseReason.COMPLETED);
        assertThat(end.traffic().bytesFromClient()).isEqualTo(2);
    }

    @Test
    void targetThatEndsBeforeItsLayersAreOpenIsAFailedTry() throws Exception {
        try (ServerSocket shy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread closing = new Thread(() -> {
                try {
                    shy.accept().close();
                } catch (IOException e) {
                    // the test is over
                }
            });
            closing.setDaemon(true);
            closing.start();
            int port = shy.getLocalPort();
            gateway.service("a", "\"enable_patience\": true", "127.0.0.1:" + port, gateway.target()).apply(new Patience(port));
            try (Socket socket = gateway.connect()) {
                assertThat(answers(socket)).isTrue();
            }
            ConnectionSummary end = gateway.nextEnd();
            assertThat(end.timing().tries()).isEqualTo(2);
            assertThat(end.reason()).isEqualTo(CloseReason.COMPLETED);
        }
    }

    /** An upstream layer that waits for its target to speak, at one of the targets. */
    private record Patience(int port) implements UpstreamProtocol<NoConfig> {
        @Override
        public String name() {
            return "patience";
        }

        @Override
        public Class<NoConfig> configType() {
            return NoConfig.class;
        }

        @Override
        public List<ConfigField> fields() {
            return List.of(ConfigField.switchedBy("enable_patience"));
        }

        @Override
        public UpstreamLayer layer(NoConfig config, ServiceInfo service, Findings findings) {
            return connection -> {
                if (connection.target().port() != port) {
                    connection.proceed();
                }
            };
        }
    }
}
