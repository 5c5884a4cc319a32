package io.sluice.kernel.runtime;

import static io.sluice.kernel.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.Ports;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.listen.Descriptors;
import io.sluice.kernel.problem.Problem;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Listeners whose sockets another process has opened. */
@EnabledOnOs(OS.LINUX)
class InheritedListenersTest {

    private final int port = Ports.free();

    @Test
    void aListenerServesOnTheSocketThatHasItsAddress() throws Exception {
        // a second socket of this address could not be bound
        try (TestGateway gateway = on("127.0.0.1")) {
            gateway.service("a", "", gateway.target()).apply();
            try (Socket client = gateway.connect()) {
                assertThat(TestGateway.answers(client)).isTrue();
            }
            assertThat(gateway.runtime.listeners()).allMatch(ListenerStatus::open);
            assertThat(problems(gateway)).isEmpty();
        }
    }

    @Test
    void ioUringLeavesInheritedSocketsToNio() throws Exception {
        try (TestGateway gateway = new TestGateway(Settings.Transport.IO_URING,
                Descriptors.adopted(new InetSocketAddress("127.0.0.1", port))).moveTo(port)) {
            gateway.service("a", "", gateway.target()).apply();
            try (Socket client = gateway.connect()) {
                assertThat(TestGateway.answers(client)).isTrue();
            }
            assertThat(gateway.runtime.transport()).isEqualTo("nio");
        }
    }

    @Test
    void whoeverComesWhileNoServiceIsThereIsServedByTheNext() throws Exception {
        try (TestGateway gateway = on("127.0.0.1")) {
            gateway.service("a", "", gateway.target()).apply();
            try (Socket before = gateway.connect()) {
                assertThat(TestGateway.answers(before)).isTrue();

                gateway.without("a").apply();
                assertThat(problems(gateway)).singleElement().asString()
                        .startsWith("no service listens on the inherited socket 127.0.0.1:" + port);
                try (Socket between = gateway.connect()) {
                    assertThat(TestGateway.answers(before)).isTrue();
                    assertThat(gateway.runtime.sessions().live()).hasSize(1);

                    gateway.service("b", "", gateway.target()).apply();
                    assertThat(TestGateway.answers(between)).isTrue();
                    assertThat(problems(gateway)).isEmpty();
                }
            }
        }
    }

    @Test
    void anotherPortIsOpenedByTheGatewayItself() throws Exception {
        int own = Ports.free();
        try (TestGateway gateway = on("127.0.0.1")) {
            gateway.service("a", "", gateway.target()).moveTo(own).service("b", "", gateway.target()).apply();

            assertThat(gateway.runtime.listeners()).hasSize(2).allMatch(ListenerStatus::open);
            try (Socket client = gateway.connect()) {
                assertThat(TestGateway.answers(client)).isTrue();
            }
        }
    }

    @Test
    void aSocketOfAnotherAddressThatIsInTheWayIsNamed() throws Exception {
        try (TestGateway gateway = on("::")) {
            gateway.service("a", "", gateway.target()).apply();

            assertThat(gateway.runtime.listeners()).singleElement().satisfies(listener -> {
                assertThat(listener.open()).isFalse();
                assertThat(listener.reason()).startsWith("address already in use: the inherited socket [::]:" + port);
            });
            assertThat(problems(gateway)).hasSize(1);
        }
    }

    @Test
    void drainingServesWhatWasAcceptedAndAcceptsNoMore() throws Exception {
        try (TestGateway gateway = on("127.0.0.1")) {
            gateway.service("a", "", gateway.target()).apply();
            Socket accepted = gateway.connect();
            Thread draining = new Thread(() -> gateway.runtime.drain(Duration.ofSeconds(60)));
            try (accepted) {
                assertThat(TestGateway.answers(accepted)).isTrue();
                draining.start();
                assertThat(TestGateway.answers(accepted)).isTrue();
            }
            draining.join();
            try (Socket late = gateway.connect()) {
                late.getOutputStream().write('x');
                await().during(Duration.ofMillis(100)).until(() -> gateway.runtime.sessions().live().isEmpty());
            }
        }
    }

    private TestGateway on(String host) throws Exception {
        return new TestGateway(Settings.Transport.NIO, Descriptors.adopted(new InetSocketAddress(host, port))).moveTo(port);
    }

    private static List<String> problems(TestGateway gateway) {
        return gateway.runtime.problems().all().stream().map(Problem::message).toList();
    }
}
