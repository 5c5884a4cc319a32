package io.sluice.kernel.control;

import static io.sluice.kernel.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.Await;
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
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.runtime.GatewayRuntime;
import io.sluice.kernel.upstream.LiveTarget;
import io.sluice.kernel.upstream.OperatorState;
import io.sluice.kernel.upstream.RunningService;
import io.sluice.kernel.upstream.ServiceState;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.control.Explainer.Question;
import io.sluice.spi.control.Explanation;
import io.sluice.spi.observer.ConnectionObserver;
import io.sluice.spi.observer.ConnectionSummary;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is explained is what then happens: generated plans, real clients. */
class ExplanationsAgreeTest {

    private static final int PLANS = 28;
    private static final int CLIENTS = 50;
    private static final List<String> NAMES = List.of("", "a.example", "b.example", "x.wild.example", "other.test");
    private static final List<String> DOMAINS = List.of("", "a.example", "b.example", "*.wild.example");

    private final long seed = Long.getLong("sluice.explain.seed", 20261126);
    private final Random random = new Random(seed);
    private final BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();
    private final ExtensionCatalog catalog = Fakes.catalog(new Fakes.Plain("plain", false), new Spoken(),
            new Fakes.PlainUpstream(), new InTurn(), new Shunned());
    private GatewayRuntime runtime;
    private ServerSocket target;
    private final List<Integer> ports = List.of(Ports.free(), Ports.free(), Ports.free());
    private final List<Socket> reached = new CopyOnWriteArrayList<>();
    private ExplainDesk desk;
    private PlanResult current;
    private int gatewayLimit;

    @BeforeEach
    void start() throws Exception {
        target = new ServerSocket(0, 200);
        Thread accepting = new Thread(this::accept, "target");
        accepting.setDaemon(true);
        accepting.start();
        runtime = GatewayRuntime.start(1, Settings.Transport.NIO, new Discoveries(new OfferedJson(), Path.of("conf")));
        desk = new ExplainDesk(new Standing(), runtime, new Clients(id -> Optional.empty()), new RefusalLog());
        runtime.observers(List.of(new ConnectionObserver() {
            @Override
            public void connected(String id, ServiceInfo service, Target picked) {
                outcomes.add("accepted " + service.id() + " " + picked.id());
            }

            @Override
            public void closed(ConnectionSummary summary) {
                outcomes.add(summary.target().isPresent() ? "end" : "refused " + summary.service().map(ServiceInfo::id)
                        .orElse(null) + " " + summary.reason().word());
            }
        }));
    }

    @AfterEach
    void stop() throws Exception {
        runtime.close();
        target.close();
        closeReached();
    }

    private void closeReached() throws IOException {
        for (Socket socket : reached) {
            socket.close();
            reached.remove(socket);
        }
    }

    private void accept() {
        try {
            while (true) {
                // kept: a socket that nobody knows any more is closed by the collector
                reached.add(target.accept());
            }
        } catch (IOException e) {
            // the test has ended
        }
    }

    @Test
    void explanationIsWhatThenHappens() throws Exception {
        int accepted = 0;
        for (int plan = 0; plan < PLANS; plan++) {
            settle();
            closeReached();
            apply(definitions());
            operate();
            List<Socket> held = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                accepted += ask(held) ? 1 : 0;
            }
            for (Socket socket : held) {
                end(socket);
            }
        }
        // neither side of the question is asked too seldom
        assertThat(accepted).as("seed %d", seed).isBetween(PLANS * CLIENTS / 10, PLANS * CLIENTS * 9 / 10);
    }

    @Test
    void aFullGatewayIsExplainedAsItIs() throws Exception {
        gatewayLimit = 1;
        apply(List.of(definition("a", ports.get(0), true, ""), definition("b", ports.get(1), true, ""),
                definition("c", ports.get(2), true, "")));
        Question question = new Question(ports.get(0), null, null, "127.0.0.1", null, List.of(), null);
        assertThat(desk.explain(question).steps()).noneMatch(step -> step.detail().startsWith("the gateway has"));
        // it says nothing, so it stays
        try (Socket first = new Socket(InetAddress.getLoopbackAddress(), ports.get(0))) {
            await().until(() -> "too_many_connections".equals(desk.explain(question).reason())
                    && desk.explain(question).service() == null);
            try (Socket second = new Socket(InetAddress.getLoopbackAddress(), ports.get(0))) {
                assertThat(second.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(first.isConnected()).isTrue();
        }
    }

    /** One client; answers whether it was accepted. */
    private boolean ask(List<Socket> held) throws Exception {
        var listeners = current.plan().listeners();
        int port = listeners.get(random.nextInt(listeners.size())).address().port();
        boolean spoken = listeners.stream().anyMatch(one -> one.address().port() == port && one.protocol().equals("spoken"));
        String name = NAMES.get(random.nextInt(NAMES.size()));
        String source = "127.0.0." + (1 + random.nextInt(4));
        settle();
        Explanation explained = desk.explain(new Question(port, null, name.isEmpty() ? null : name, source, null, List.of(), null));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(source), 0);
        if (spoken) {
            socket.getOutputStream().write((name + "\n").getBytes());
        }
        String happened = Await.next(outcomes);
        String foretold = explained.outcome() == Explanation.Outcome.ACCEPTED
                ? "accepted " + explained.service() + " " + explained.target()
                : "refused " + explained.service() + " " + explained.reason();
        assertThat(happened).as("seed %d, port %d, name %s, client %s: %s", seed, port, name, source, explained.steps())
                .isEqualTo(foretold);
        boolean accepted = happened.startsWith("accepted");
        if (accepted && random.nextInt(4) == 0) {
            held.add(socket);
        } else if (accepted) {
            end(socket);
        } else {
            socket.close();
        }
        return accepted;
    }

    /** The event loop has finished what it did for the client before. */
    private void settle() throws InterruptedException {
        CountDownLatch turn = new CountDownLatch(1);
        runtime.later(turn::countDown, 0);
        Await.await(turn);
    }

    private void end(Socket socket) throws Exception {
        socket.setSoLinger(true, 0);
        socket.close();
        assertThat(Await.next(outcomes)).as("seed %d", seed).isEqualTo("end");
    }

    private List<String> definitions() {
        List<String> definitions = new ArrayList<>();
        for (int listener = 0; listener < 3; listener++) {
            boolean spoken = random.nextInt(3) > 0;
            int services = spoken ? 1 + random.nextInt(3) : 1;
            int domain = random.nextInt(DOMAINS.size());
            for (int i = 0; i < services; i++) {
                definitions.add(definition("s" + listener + "-" + i, ports.get(listener), spoken,
                        spoken ? DOMAINS.get((domain + i) % DOMAINS.size()) : ""));
            }
        }
        return definitions;
    }

    private String definition(String id, int port, boolean spoken, String domain) {
        List<String> targets = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            targets.add("{ \"url\": \"127.0.0." + (10 + i) + ":" + target.getLocalPort() + "\", \"weight\": " + random.nextInt(3)
                    + ", \"priority\": " + random.nextInt(2) + " }");
        }
        return "{ \"api_id\": \"" + id + "\", \"listen_address\": \"127.0.0.1\", \"listen_port\": " + port + ", \"protocol\": \""
                + (spoken ? "spoken" : "plain") + "\", \"domain\": \"" + domain + "\", \"on_service_removed\": \"keep\","
                + " \"shunned\": { \"addresses\": [\"127.0.0." + (1 + random.nextInt(8)) + "\"] },"
                + " \"limits\": { \"max_connections\": " + random.nextInt(6) + ", \"max_connections_per_ip\": " + random.nextInt(4)
                + " }, \"enable_load_balancing\": true, \"proxy\": { \"target_list\": [" + String.join(", ", targets) + "] } }";
    }

    private void apply(List<String> definitions) throws Exception {
        List<RawService> raw = new ArrayList<>();
        for (String text : definitions) {
            JsonObject json = (JsonObject) JsonReader.read("", text, Optional.empty());
            raw.add(new RawService(json, "test.json", ""));
        }
        Settings settings = SettingsReader.read(JsonReader.read("", "{ \"disable_ports_whitelist\": true,"
                + " \"timeouts\": { \"handshake\": 0 }, \"limits\": { \"max_connections\": " + gatewayLimit + ", \"max_connections_per_ip\": " + random.nextInt(9) + " } }", Optional.empty()), p -> { }).value();
        current = Planner.plan(new PlanInput(settings, raw, Set.of(), List.of(), catalog, Map.of(),
                new MaterialFolder(Path.of("conf")), Instant.now()), current);
        runtime.apply(current.plan());
        assertThat(runtime.listeners()).as("seed %d: %s", seed, current.plan().problems()).hasSize(3).allMatch(one -> one.open());
    }

    private void operate() {
        for (RunningService service : runtime.services()) {
            for (LiveTarget one : service.targets()) {
                service.state().operate(one.id(), OperatorState.values()[Math.max(0, random.nextInt(6) - 3)], Duration.ZERO,
                        ServiceState.Close.NO);
            }
        }
    }

    /** An engine that is only looked at. */
    private final class Standing implements Engine {

        @Override
        public Moment moment() {
            return new Moment(current, List.of(), List.of(), Map.of(), catalog, io.sluice.spi.control.GatewayStatus.Phase.READY);
        }

        @Override
        public <T> T inTurn(Turn<T> turn) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void catchUp() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void catchUp(String file) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void stored(Set<String> files, PlanResult tried, String author, String action) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PlanResult plan(List<RawService> definitions, Set<String> replaced) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void reread(String author, String action) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void reload() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Moment foresee() {
            throw new UnsupportedOperationException();
        }

        @Override
        public java.util.concurrent.CompletableFuture<io.sluice.kernel.upstream.ProbeReport> converse(String check,
                java.util.function.Consumer<io.sluice.kernel.problem.Problem> doubts) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<io.sluice.kernel.plugin.PluginStatus> pluginStatuses() {
            return List.of();
        }

        @Override
        public void unload(String plugin) {
            throw new UnsupportedOperationException();
        }
    }
}
