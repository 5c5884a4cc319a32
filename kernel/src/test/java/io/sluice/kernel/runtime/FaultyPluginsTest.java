package io.sluice.kernel.runtime;

import static io.sluice.kernel.Await.await;
import static io.sluice.kernel.runtime.TestGateway.answers;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.config.Settings;
import io.sluice.kernel.plan.Fakes;
import io.sluice.spi.access.AccessPolicy;
import io.sluice.spi.access.AccessPolicyFactory;
import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.config.ConfigField;
import io.sluice.spi.config.Findings;
import io.sluice.spi.config.NoConfig;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.observer.ConnectionObserver;
import io.sluice.spi.observer.ConnectionSummary;
import io.sluice.spi.protocol.ClientLayer;
import io.sluice.spi.protocol.ClientProtocol;
import io.sluice.spi.protocol.ListenerView;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plugins that throw, answer nothing or answer nonsense while connections flow. */
class FaultyPluginsTest {

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
    void balancerThatThrowsAtTheSecondTryEndsTheSessionAndGivesItsPlaceBack() throws Exception {
        gateway.service("a", "\"limits\": { \"max_connections\": 1 }", TestGateway.nobody(), gateway.target())
                .apply(picking((targets, attempted) -> {
                    if (attempted.test(targets.get(0))) {
                        throw new IllegalStateException("as asked");
                    }
                    return targets.get(0);
                }));
        for (int i = 0; i < 3; i++) {
            try (Socket socket = gateway.connect()) {
                assertThat(answers(socket)).isFalse();
            }
            ConnectionSummary end = gateway.nextEnd();
            assertThat(end.reason()).isEqualTo(CloseReason.INTERNAL_ERROR);
            assertThat(end.detail()).isEqualTo("the balancer failed: java.lang.IllegalStateException: as asked");
        }
    }

    @Test
    void balancerThatPicksAStrangerIsNamed() throws Exception {
        gateway.service("a", "", gateway.target()).apply(picking((targets, attempted) -> new Stranger(targets.get(0))));
        try (Socket socket = gateway.connect()) {
            assertThat(answers(socket)).isFalse();
        }
        assertThat(gateway.nextEnd().detail()).contains("it picked a target that is no candidate");
    }

    @Test
    void balancerThatCannotBeMadeRefusesItsServiceAlone() throws Exception {
        gateway.service("a", "", gateway.target()).apply(new MadeBalancer(() -> {
            throw new AssertionError("as asked");
        }));
        assertThat(gateway.problems()).containsExactly("made of plugin fakes failed: java.lang.AssertionError: as asked");
        gateway.apply(new MadeBalancer(() -> null));
        assertThat(gateway.problems()).containsExactly("made of plugin fakes failed: java.lang.IllegalStateException:"
                + " it answered null and reported no error");
    }

    @Test
    void observerThatThrowsAnErrorCostsNoPlace() throws Exception {
        gateway.observedBy(new ConnectionObserver() {
            @Override
            public void opened(String id, ClientFacts client) {
                throw new AssertionError("as asked");
            }

            @Override
            public void closed(ConnectionSummary summary) {
                throw new AssertionError("as asked");
            }
        }).service("a", "\"limits\": { \"max_connections\": 1 }", gateway.target()).apply();
        for (int i = 0; i < 3; i++) {
            try (Socket socket = gateway.connect()) {
                assertThat(answers(socket)).isTrue();
            }
            assertThat(gateway.nextEnd().reason()).isEqualTo(CloseReason.COMPLETED);
        }
    }

    @Test
    void policyThatAnswersNothingAdmitsNobody() throws Exception {
        gateway.service("a", "\"enable_doubtful\": true", gateway.target()).apply(new Doubtful(client -> null));
        try (Socket socket = gateway.connect()) {
            assertThat(answers(socket)).isFalse();
        }
        assertThat(gateway.nextEnd().reason()).isEqualTo(CloseReason.INTERNAL_ERROR);
    }

    @Test
    void policyThatIsNoneRefusesItsService() throws Exception {
        gateway.service("a", "\"enable_doubtful\": true", gateway.target()).apply(new Doubtful(null));
        assertThat(gateway.problems()).hasSize(1).allMatch(m -> m.startsWith("doubtful of plugin fakes failed: "));
    }

    @Test
    void clientInItsPreambleIsRefusedWhenItsServiceIsRemovedWithItsConnections() throws Exception {
        Waiting waiting = new Waiting();
        gateway.service("a", "\"layers\": [\"waiting\"], \"on_service_removed\": \"close\"", gateway.target()).apply(waiting);
        try (Socket socket = gateway.connect()) {
            await(waiting.arrived);
            gateway.without("a").apply(waiting);
            waiting.proceed.get().run();
            assertThat(answers(socket)).isFalse();
        }
        ConnectionSummary end = gateway.nextEnd();
        assertThat(end.reason()).isEqualTo(CloseReason.NO_SERVICE);
        assertThat(end.detail()).isEqualTo("service a was removed");
    }

    @Test
    void clientInItsPreambleReachesTheServiceThatItCameFor() throws Exception {
        Waiting waiting = new Waiting();
        gateway.service("a", "\"layers\": [\"waiting\"]", gateway.target()).apply(waiting);
        try (Socket socket = gateway.connect()) {
            await(waiting.arrived);
            gateway.service("a", "\"layers\": [\"waiting\"], \"slug\": \"changed\"", TestGateway.nobody()).apply(waiting);
            waiting.proceed.get().run();
            assertThat(answers(socket)).isTrue();
        }
    }

    @Test
    void clientOverItsOwnLimitTakesNoTurnFromOthers() throws Exception {
        gateway.service("a", "\"limits\": { \"max_connections\": 1, \"new_connections_per_second\": 2 }", gateway.target()).apply();
        try (Socket held = gateway.connect()) {
            assertThat(answers(held)).isTrue();
            for (int i = 0; i < 10; i++) {
                try (Socket refused = gateway.connect()) {
                    assertThat(answers(refused)).isFalse();
                }
                assertThat(gateway.nextEnd().reason()).isEqualTo(CloseReason.TOO_MANY_CONNECTIONS);
            }
        }
        assertThat(gateway.nextEnd().reason()).isEqualTo(CloseReason.COMPLETED);
        try (Socket next = gateway.connect()) {
            assertThat(answers(next)).isTrue();
        }
    }

    private static MadeBalancer picking(BiFunction<List<Target>, Predicate<Target>, Target> pick) {
        return new MadeBalancer(() -> new Balancer() {
            private volatile List<Target> targets = List.of();

            @Override
            public void targets(List<Target> candidates) {
                targets = candidates;
            }

            @Override
            public Target pick(Predicate<Target> attempted, ClientFacts client) {
                return pick.apply(targets, attempted);
            }

            @Override
            public Target preview(ClientFacts client) {
                return null;
            }
        });
    }

    private interface Making {
        Balancer make();
    }

    private record MadeBalancer(Making making) implements Fakes.DefaultBalancer {
        @Override
        public String name() {
            return "made";
        }

        @Override
        public Balancer create(NoConfig config, ServiceInfo service) {
            return making.make();
        }
    }

    private record Doubtful(AccessPolicy policy) implements AccessPolicyFactory<NoConfig> {
        @Override
        public String name() {
            return "doubtful";
        }

        @Override
        public Class<NoConfig> configType() {
            return NoConfig.class;
        }

        @Override
        public List<ConfigField> fields() {
            return List.of(ConfigField.switchedBy("enable_doubtful"));
        }

        @Override
        public AccessPolicy create(NoConfig config, ServiceInfo service, Findings findings) {
            return policy;
        }
    }

    /** A layer that proceeds when the test says so. */
    private static final class Waiting implements ClientProtocol<NoConfig, String> {

        private final CountDownLatch arrived = new CountDownLatch(1);
        private final AtomicReference<Runnable> proceed = new AtomicReference<>();

        @Override
        public String name() {
            return "waiting";
        }

        @Override
        public Class<NoConfig> configType() {
            return NoConfig.class;
        }

        @Override
        public boolean canEndStack() {
            return false;
        }

        @Override
        public String prepare(NoConfig config, ServiceInfo service, Findings findings) {
            return "";
        }

        @Override
        public ClientLayer layer(ListenerView<String> listener) {
            return connection -> {
                proceed.set(() -> connection.channel().eventLoop().execute(connection::proceed));
                arrived.countDown();
            };
        }
    }

    private record Stranger(Target like) implements Target {
        @Override
        public String id() {
            return like.id();
        }

        @Override
        public io.sluice.spi.connection.TargetAddress address() {
            return like.address();
        }

        @Override
        public int weight() {
            return 1;
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public int connections() {
            return 0;
        }
    }
}
