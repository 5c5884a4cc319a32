package io.sluice.kernel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.log.Logged;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlThreadTest {

    private final ControlThread control = new ControlThread();

    @AfterEach
    void close() {
        control.close();
    }

    @Test
    void faultOfWhatNobodyWaitsForIsLoggedWithWhatWasBeingDone() throws Exception {
        try (Logged log = new Logged(ControlThread.class)) {
            control.soon("telling of listeners", () -> {
                throw new IllegalStateException("broken");
            });
            control.first(() -> { });
            assertThat(log.lines()).containsExactly(
                    "ERROR the control thread met a fault while telling of listeners, and goes on | broken");
        }
    }

    @Test
    void whatIsDoneAgainAndAgainGoesOnAfterAFault() throws Exception {
        CountDownLatch twice = new CountDownLatch(2);
        try (Logged log = new Logged(ControlThread.class)) {
            control.every("looking for changes", () -> {
                twice.countDown();
                throw new LinkageError("broken");
            }, 1);
            assertThat(twice.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(log.lines().get(0)).contains("while looking for changes").endsWith("broken");
        }
    }
}
