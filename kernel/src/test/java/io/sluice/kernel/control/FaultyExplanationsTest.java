package io.sluice.kernel.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.Ports;
import io.sluice.kernel.config.MaterialFolder;
import io.sluice.kernel.config.OfferedJson;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.config.SettingsReader;
import io.sluice.kernel.discovery.Discoveries;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.plan.Fakes;
import io.sluice.kernel.plan.PlanInput;
import io.sluice.kernel.plan.PlanResult;
import io.sluice.kernel.plan.Planner;
import io.sluice.kernel.plan.RawService;
import io.sluice.kernel.runtime.GatewayRuntime;
import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.BalancerFactory;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.config.NoConfig;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.PresentedClient;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.connection.SocketPeer;
import io.sluice.spi.control.Explanation;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A plugin that fails while something is explained is the explanation. */
class FaultyExplanationsTest {

    @Test
    void balancerThatThrowsIsNamedWithItsPlugin() throws Exception {
        Explanation explanation = explained(new Faulty(false));
        assertThat(explanation.outcome()).isEqualTo(Explanation.Outcome.REFUSED);
        assertThat(explanation.reason()).isEqualTo("internal_error");
        assertThat(explanation.steps().get(explanation.steps().size() - 1).detail())
                .isEqualTo("balancer faulty of plugin fakes failed: java.lang.AssertionError: as asked");
    }

    @Test
    void balancerThatCannotBeSetUpIsNamedToo() throws Exception {
        Explanation explanation = explained(new Faulty(true));
        assertThat(explanation.reason()).isEqualTo("internal_error");
        assertThat(explanation.steps().get(explanation.steps().size() - 1).detail())
                .startsWith("balancer faulty of plugin fakes failed: ").contains("no targets, please");
    }

    private static Explanation explained(BalancerFactory<NoConfig> balancer) throws Exception {
        int port = Ports.free();
        String definition = "{ \"api_id\": \"a\", \"listen_address\": \"127.0.0.1\", \"listen_port\": " + port
                + ", \"protocol\": \"plain\", \"proxy\": { \"target_url\": \"127.0.0.1:1\" } }";
        Settings settings = SettingsReader.read(JsonReader.read("", "{ \"disable_ports_whitelist\": true }", Optional.empty()),
                problem -> { }).value();
        RawService raw = new RawService((JsonObject) JsonReader.read("", definition, Optional.empty()), "a.json", "a");
        PlanResult result = Planner.plan(new PlanInput(settings, List.of(raw), Set.of(), List.of(), Fakes.catalog(
                new Fakes.Plain("plain", false), new Fakes.PlainUpstream(), balancer), Map.of(),
                new MaterialFolder(Path.of("conf")), Instant.now()), null);
        InetSocketAddress client = new InetSocketAddress("127.0.0.1", 40000);
        InetSocketAddress local = new InetSocketAddress("127.0.0.1", port);
        ClientFacts facts = new ClientFacts(new SocketPeer(client, local), new PresentedClient(client, local), Optional.empty(),
                List.of(), Optional.empty(), Optional.empty());
        try (GatewayRuntime runtime = GatewayRuntime.start(1, Settings.Transport.NIO,
                new Discoveries(new OfferedJson(), Path.of("conf")))) {
            runtime.apply(result.plan());
            return new Explanations(runtime).of(result.plan().listeners().get(0), facts, new Trace());
        }
    }

    private record Faulty(boolean atOnce) implements Fakes.DefaultBalancer {

        @Override
        public String name() {
            return "faulty";
        }

        @Override
        public Balancer create(NoConfig config, ServiceInfo service) {
            return new Balancer() {
                @Override
                public void targets(List<Target> now) {
                    if (atOnce) {
                        throw new IllegalStateException("no targets, please");
                    }
                }

                @Override
                public Target pick(Predicate<Target> attempted, ClientFacts client) {
                    throw new AssertionError("as asked");
                }

                @Override
                public Target preview(ClientFacts client) {
                    throw new AssertionError("as asked");
                }
            };
        }
    }
}
