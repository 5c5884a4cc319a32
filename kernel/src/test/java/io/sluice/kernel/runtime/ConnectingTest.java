package io.sluice.kernel.runtime;

import static io.sluice.kernel.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.config.Settings;
import io.sluice.kernel.upstream.BlackHole;
import io.sluice.kernel.upstream.LiveTarget;
import io.sluice.kernel.upstream.OperatorState;
import io.sluice.kernel.upstream.ServiceState;
import io.sluice.kernel.upstream.ServiceState.Close;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.observer.ConnectionSummary;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A target is taken out while connections to it are being made, which no deadline would end. */
class ConnectingTest {

    private static final String FOR_EVER = "\"timeouts\": { \"connect\": 0 }";

    private TestGateway gateway;
    private BlackHole hole;

    @BeforeEach
    void start() throws IOException {
        gateway = new TestGateway(Settings.Transport.NIO);
        hole = new BlackHole("127.0.0.1");
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        hole.close();
    }

    @Test
    void nextTargetIsTriedAtOnce() throws Exception {
        gateway.define("s", "", FOR_EVER, "\"" + swallowing() + "\", \"" + gateway.target() + "\"").apply();
        try (Socket client = gateway.connect()) {
            awaitConnecting();
            takeOut();
            assertThat(TestGateway.answers(client)).isTrue();
        }
        ConnectionSummary summary = gateway.nextEnd();
        assertThat(summary.timing().tries()).isEqualTo(2);
        assertThat(target().connections()).isZero();
    }

    @Test
    void clientIsRefusedAtOnceWhenThereIsNoOther() throws Exception {
        gateway.define("s", "", FOR_EVER, "\"" + swallowing() + "\"").apply();
        try (Socket client = gateway.connect()) {
            awaitConnecting();
            takeOut();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        ConnectionSummary summary = gateway.nextEnd();
        assertThat(summary.reason()).isEqualTo(CloseReason.CONNECT_FAILED);
        assertThat(summary.detail()).isEqualTo(swallowing() + ": it may not take connections any more");
    }

    private String swallowing() {
        return "127.0.0.1:" + hole.port();
    }

    private ServiceState service() {
        return gateway.runtime.states().get("s");
    }

    private LiveTarget target() {
        return service().target(swallowing()).orElseThrow();
    }

    private void awaitConnecting() {
        await().until(() -> target().connections() == 1);
    }

    private void takeOut() {
        assertThat(service().operate(swallowing(), OperatorState.DRAINING, Duration.ZERO, Close.NO)).isTrue();
    }
}
