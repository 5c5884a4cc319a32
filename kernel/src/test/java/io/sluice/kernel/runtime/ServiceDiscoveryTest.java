package io.sluice.kernel.runtime;

import static io.sluice.kernel.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.config.Settings;
import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.upstream.Health;
import io.sluice.spi.config.Findings;
import io.sluice.spi.config.NoConfig;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.discovery.DiscoveryAnswer;
import io.sluice.spi.discovery.DiscoveryContext;
import io.sluice.spi.discovery.DiscoveryException;
import io.sluice.spi.discovery.FoundTarget;
import io.sluice.spi.discovery.PreparedDiscovery;
import io.sluice.spi.discovery.TargetDiscovery;
import io.sluice.spi.discovery.TargetLookup;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a discovery finds becomes the targets of a service that runs. */
class ServiceDiscoveryTest {

    private static final String ASKED = "\"service_discovery\": { \"name\": \"told\" }";

    private final Told told = new Told();
    private TestGateway gateway;
    private TalkingServer a;
    private TalkingServer b;

    @BeforeEach
    void start() throws IOException {
        gateway = new TestGateway(Settings.Transport.AUTO);
        a = new TalkingServer('a', "master");
        b = new TalkingServer('b', "slave");
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        a.close();
        b.close();
    }

    /** Answers what the test tells it to; looks twice a second. */
    private static final class Told implements TargetDiscovery<NoConfig>, PreparedDiscovery, TargetLookup {

        private final AtomicInteger looks = new AtomicInteger();
        private volatile List<FoundTarget> answer = List.of();

        Told answer(String... addresses) {
            answer = Arrays.stream(addresses).map(FoundTarget::at).toList();
            return this;
        }

        @Override
        public String name() {
            return "told";
        }

        @Override
        public Class<NoConfig> configType() {
            return NoConfig.class;
        }

        @Override
        public PreparedDiscovery prepare(NoConfig config, ServiceInfo service, Findings findings) {
            return this;
        }

        @Override
        public TargetLookup begin(DiscoveryContext context) {
            return this;
        }

        @Override
        public Duration refresh() {
            return Duration.ofSeconds(1);
        }

        @Override
        public DiscoveryAnswer look() throws DiscoveryException {
            looks.incrementAndGet();
            if (answer.isEmpty()) {
                throw new DiscoveryException("nobody answers");
            }
            return new DiscoveryAnswer(answer, Duration.ofMillis(500));
        }
    }

    private void apply(String fields, String targets) throws Exception {
        gateway.define("s", fields, ASKED, targets).apply(told, new Asking());
    }

    private char who() {
        try (Socket socket = gateway.connect()) {
            return who(socket);
        } catch (IOException e) {
            return '-';
        }
    }

    private static char who(Socket socket) {
        try {
            socket.getOutputStream().write('w');
            int b = socket.getInputStream().read();
            return b < 0 ? '-' : (char) b;
        } catch (IOException e) {
            return '-';
        }
    }

    private List<String> problems() {
        return gateway.runtime.problems().all().stream().map(Problem::message).toList();
    }

    @Test
    void listedTargetsServeUntilTheFirstAnswer() throws Exception {
        apply("", "\"" + a.address() + "\"");
        assertThat(who()).isEqualTo('a');
        await().until(() -> problems().equals(List.of("discovery: nobody answers")));
        told.answer(b.address());
        await().until(() -> who() == 'b');
        assertThat(problems()).isEmpty();
    }

    @Test
    void lastGoodListIsKeptOverFailuresAndPlans() throws Exception {
        told.answer(b.address());
        apply("", "\"" + a.address() + "\"");
        await().until(() -> who() == 'b');
        told.answer();
        await().until(() -> !problems().isEmpty());
        assertThat(who()).isEqualTo('b');
        apply("\"slug\": \"changed\"", "\"" + a.address() + "\"");
        assertThat(who()).isEqualTo('b');
    }

    @Test
    void targetsThatVanishDrain() throws Exception {
        told.answer(a.address());
        apply("", "");
        await().until(() -> who() == 'a');
        try (Socket live = gateway.connect()) {
            assertThat(who(live)).isEqualTo('a');
            told.answer(b.address());
            await().until(() -> who() == 'b');
            assertThat(who(live)).isEqualTo('a');
        }
        await().until(() -> gateway.runtime.states().get("s").target(a.address()).map(t -> t.connections() == 0).orElse(true));
    }

    @Test
    void schemesThatMeanNothingAreDroppedAndUnknownOnesLeftOut() throws Exception {
        told.answer("http://" + a.address(), "ftp://" + b.address());
        apply("", "");
        await().until(() -> who() == 'a');
        assertThat(problems()).containsExactly("discovery: left out ftp://" + b.address() + ": its scheme is not usable here");
    }

    @Test
    void defaultCheckAppliesToFoundTargets() throws Exception {
        told.answer(b.address(), a.address());
        apply("\"check_host_against_uptime_tests\": true, \"uptime_tests\": { \"default_check\": { \"interval\": \"400ms\","
                + " \"commands\": [{ \"name\": \"ask\", \"role\": \"master\" }] } }", "");
        await().until(() -> gateway.runtime.states().get("s").target(b.address())
                .filter(target -> target.condition().health() == Health.DOWN).isPresent());
        await().until(() -> who() == 'a');
    }

    @Test
    void serviceThatIsGoneAsksNoMore() throws Exception {
        apply("", "\"" + a.address() + "\"");
        await().until(() -> !problems().isEmpty());
        gateway.without("s").apply();
        int looks = told.looks.get();
        assertThat(problems()).isEmpty();
        gateway.service("other", "", a.address()).apply();
        assertThat(who()).isEqualTo('a');
        assertThat(told.looks.get()).isLessThanOrEqualTo(looks + 1);
    }
}
