package io.sluice.kernel.runtime;

import static io.sluice.kernel.Await.await;

import io.sluice.kernel.config.Settings;
import io.sluice.kernel.upstream.Health;
import io.sluice.kernel.upstream.HealthListener;
import io.sluice.kernel.upstream.LiveTarget;
import io.sluice.kernel.upstream.ProbeReport;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.connection.ServiceInfo;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Two targets that are asked for their roles. After its first probe, a target is probed when the test says so. */
abstract class ProbedTargets {

    private static final String CONFIG = "\"config\": { \"interval\": \"10m\", \"timeout\": \"30s\", \"fall\": 1 }";

    /** Clients wait for the first results of probes as long as it takes. */
    private static final String PATIENTLY = "\"timeouts\": { \"connect\": \"60s\" }";

    final List<String> events = new CopyOnWriteArrayList<>();
    TestGateway gateway;
    TalkingServer a;
    TalkingServer b;

    @BeforeEach
    void start() throws IOException {
        gateway = new TestGateway(Settings.Transport.AUTO);
        a = new TalkingServer('a', "master");
        b = new TalkingServer('b', "slave");
        gateway.runtime.onHealth(new HealthListener() {
            @Override
            public void hostUp(ServiceInfo service, Target target) {
                events.add(target.id().equals(a.address()) ? "a up" : "b up");
            }

            @Override
            public void hostDown(ServiceInfo service, Target target, String reason) {
                events.add(target.id().equals(a.address()) ? "a down" : "b down");
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        a.close();
        b.close();
    }

    String checks(String more) {
        return "\"check_host_against_uptime_tests\": true, \"uptime_tests\": { \"check_list\": [" + check(a) + ", " + check(b)
                + "], " + CONFIG.replace("}", more + " }") + " }";
    }

    static String check(TalkingServer server) {
        return "{ \"url\": \"" + server.address() + "\", \"commands\": [{ \"name\": \"ask\", \"role\": \"master\" }] }";
    }

    void apply(String fields, String proxyFields) throws Exception {
        gateway.define("s", fields, PATIENTLY + (proxyFields.isEmpty() ? "" : ", " + proxyFields),
                "\"" + a.address() + "\", \"" + b.address() + "\"").apply(new Asking());
    }

    LiveTarget target(TalkingServer server) {
        return target(server.address());
    }

    LiveTarget target(String address) {
        return gateway.runtime.states().get("s").target(address).orElseThrow();
    }

    /** What people see, a moment before it counts: who takes connections then is to be awaited too. */
    void awaitHealth(TalkingServer server, Health health) {
        await().until(() -> target(server).condition().health() == health);
    }

    /** Gives a server a role, and probes it once. */
    void becomes(TalkingServer server, String role) throws Exception {
        server.role(role);
        probe(server);
    }

    ProbeReport probe(TalkingServer server) throws Exception {
        return gateway.runtime.monitor().probe("s", server.address()).get(60, TimeUnit.SECONDS).get(0);
    }

    void settled() {
        await().until(() -> target(a).condition().lastProbe().isPresent() && target(b).condition().lastProbe().isPresent());
    }

    /** New connections go to whom they should, {@code '-'} being nobody: as soon as what is known of the targets counts. */
    void awaitWho(char name) {
        await().until(() -> who() == name);
    }

    /** A connection to whom it should go. */
    Socket connectTo(char name) {
        return await().until(() -> {
            Socket socket = gateway.connect();
            if (who(socket) == name) {
                return socket;
            }
            socket.close();
            return null;
        }, Objects::nonNull);
    }

    /** Who answers a new connection; {@code '-'} if nobody does. */
    char who() {
        try (Socket socket = gateway.connect()) {
            return who(socket);
        } catch (IOException e) {
            return '-';
        }
    }

    static char who(Socket socket) {
        try {
            socket.getOutputStream().write('w');
            int b = socket.getInputStream().read();
            return b < 0 ? '-' : (char) b;
        } catch (IOException e) {
            return '-';
        }
    }
}
