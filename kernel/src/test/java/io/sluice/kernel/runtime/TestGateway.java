package io.sluice.kernel.runtime;

import io.sluice.kernel.Await;
import io.sluice.kernel.Ports;
import io.sluice.kernel.config.MaterialFolder;
import io.sluice.kernel.config.OfferedJson;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.config.SettingsReader;
import io.sluice.kernel.discovery.Discoveries;
import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.listen.InheritedSockets;
import io.sluice.kernel.plan.Fakes;
import io.sluice.kernel.plan.LooseCheck;
import io.sluice.kernel.plan.PlanInput;
import io.sluice.kernel.plan.PlanResult;
import io.sluice.kernel.plan.Planner;
import io.sluice.kernel.plan.RawService;
import io.sluice.spi.Extension;
import io.sluice.spi.observer.ConnectionObserver;
import io.sluice.spi.observer.ConnectionSummary;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A runtime on real sockets with extensions of the test's own, and a target that echoes. */
public final class TestGateway implements AutoCloseable {

    final BlockingQueue<ConnectionSummary> ended = new LinkedBlockingQueue<>();
    int port = Ports.free();
    private final ServerSocket target = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    public final GatewayRuntime runtime;
    private final Map<String, String> definitions = new LinkedHashMap<>();
    private final List<ConnectionObserver> observers = new ArrayList<>();
    private long generation = 1;
    private String settings = "";
    private PlanResult current;

    public TestGateway(Settings.Transport transport) throws IOException {
        this(transport, InheritedSockets.none());
    }

    TestGateway(Settings.Transport transport, InheritedSockets inherited) throws IOException {
        runtime = GatewayRuntime.start(1, transport, inherited, new Discoveries(new OfferedJson(), Path.of("conf")));
        observers.add(new ConnectionObserver() {
            @Override
            public void closed(ConnectionSummary summary) {
                ended.add(summary);
            }
        });
        Thread echo = new Thread(this::echo, "echo");
        echo.setDaemon(true);
        echo.start();
    }

    TestGateway observedBy(ConnectionObserver observer) {
        observers.add(0, observer);
        return this;
    }

    /** A definition; {@code fields} stand at its root beside name, port, protocol and targets. */
    public TestGateway service(String id, String fields, String... targets) {
        return define(id, fields, "", "\"" + String.join("\", \"", targets) + "\"");
    }

    /**
     * A definition.
     *
     * @param fields  stand at its root
     * @param proxy   stand beside the targets
     * @param targets the entries of the list, as JSON
     */
    TestGateway define(String id, String fields, String proxy, String targets) {
        definitions.put(id + ".json", "{ \"api_id\": \"" + id + "\", \"listen_address\": \"127.0.0.1\", \"listen_port\": " + port
                + (fields.contains("\"protocol\"") ? "" : ", \"protocol\": \"plain\"") + ", \"proxy\": { \"target_list\": ["
                + targets + "]" + (proxy.isEmpty() ? "" : ", " + proxy) + " }" + (fields.isEmpty() ? "" : ", " + fields) + " }");
        return this;
    }

    /** More members of the settings of the next plans. */
    TestGateway settings(String more) {
        settings = ", " + more;
        return this;
    }

    /** Definitions from now on are about another port. */
    public TestGateway moveTo(int another) {
        port = another;
        return this;
    }

    /** Told after each change of a listener's state, on an event loop. */
    TestGateway onListenerChange(Runnable told) {
        runtime.onListenerChange(told);
        return this;
    }

    /** What the extensions of the next plans are loaded from. */
    TestGateway ofGeneration(long number) {
        generation = number;
        return this;
    }

    long generation() {
        return generation;
    }

    TestGateway without(String id) {
        definitions.remove(id + ".json");
        return this;
    }

    /** Plans and applies. */
    public TestGateway apply(Extension... extensions) throws BadJson {
        current = next(extensions);
        runtime.observers(observers);
        runtime.apply(current.plan());
        return this;
    }

    /** What the next plan would be. */
    PlanResult next(Extension... extensions) throws BadJson {
        List<RawService> raw = new ArrayList<>();
        for (Map.Entry<String, String> file : definitions.entrySet()) {
            raw.add(new RawService((JsonObject) JsonReader.read(file.getKey(), file.getValue(), Optional.empty()),
                    file.getKey(), file.getKey().replace(".json", "")));
        }
        return Planner.plan(input(raw, extensions), current);
    }

    private PlanInput input(List<RawService> raw, Extension... extensions) throws BadJson {
        List<Extension> all = new ArrayList<>(List.of(new Fakes.Plain("plain", false), new Fakes.PlainUpstream()));
        all.addAll(List.of(extensions));
        if (List.of(extensions).stream().noneMatch(e -> e instanceof io.sluice.spi.balancer.BalancerFactory<?>)) {
            all.add(new Fakes.FirstBalancer());
        }
        JsonObject settings = (JsonObject) JsonReader.read("sluice.json",
                "{ \"disable_ports_whitelist\": true" + this.settings + " }", Optional.empty());
        return new PlanInput(SettingsReader.read(settings, problem -> { }).value(), raw, Set.of(), List.of(),
                Fakes.catalog(new Fakes.FakeGeneration("fakes", generation), all.toArray(Extension[]::new)), Map.of(),
                new MaterialFolder(Path.of("conf")), Instant.now());
    }

    /** Compiles an entry of {@code check_list} that belongs to no service. */
    LooseCheck loose(String entry, Extension... extensions) throws BadJson {
        return LooseCheck.of((JsonObject) JsonReader.read("entry", entry, Optional.empty()), input(List.of(), extensions));
    }

    List<String> problems() {
        return current.plan().problems().stream().map(problem -> problem.message()).toList();
    }

    /** Where the target that echoes listens. */
    public String target() {
        return "127.0.0.1:" + target.getLocalPort();
    }

    /** Where nobody listens. */
    static String nobody() {
        return "127.0.0.1:" + Ports.ofNobody();
    }

    public Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(Await.MILLIS);
        return socket;
    }

    /** Whether a byte comes back. */
    public static boolean answers(Socket socket) {
        try {
            socket.getOutputStream().write('x');
            return socket.getInputStream().read() == 'x';
        } catch (IOException e) {
            return false;
        }
    }

    /** The next session that ends. */
    ConnectionSummary nextEnd() throws InterruptedException {
        return Await.next(ended);
    }

    private void echo() {
        while (!target.isClosed()) {
            try {
                Socket socket = target.accept();
                Thread serving = new Thread(() -> echo(socket), "echo-connection");
                serving.setDaemon(true);
                serving.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void echo(Socket accepted) {
        try (Socket socket = accepted) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            // the other end has gone
        }
    }

    @Override
    public void close() throws IOException {
        runtime.close();
        target.close();
    }
}
