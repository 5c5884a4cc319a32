package io.sluice.kernel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.kernel.Await;
import io.sluice.kernel.log.Logged;
import io.sluice.spi.control.ControlRefused;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
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
    void whoWaitsForAMomentDoesNotWaitForWhatNeverEnds() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        control.soon("hanging", () -> await(end));
        assertThat(control.within(Duration.ofMillis(1), () -> { })).isFalse();
        end.countDown();
        assertThat(control.within(Duration.ofMinutes(1), () -> { })).isTrue();
    }

    @Test
    void whatIsDoneAgainAndAgainGoesOnAfterAFault() throws Exception {
        CountDownLatch twice = new CountDownLatch(2);
        try (Logged log = new Logged(ControlThread.class)) {
            control.every("looking for changes", () -> {
                twice.countDown();
                throw new LinkageError("broken");
            }, 1);
            Await.await(twice);
            assertThat(log.lines().get(0)).contains("while looking for changes").endsWith("broken");
        }
    }

    @Test
    void whoIsInterruptedIsToldWhetherAnythingIsDone() throws Exception {
        Thread caller = Thread.currentThread();
        CountDownLatch end = new CountDownLatch(1);
        assertThatThrownBy(() -> control.inTurn(() -> {
            caller.interrupt();
            return await(end);
        })).isInstanceOf(ControlRefused.class).hasMessageContaining("is being done, or was done just now");
        assertThat(Thread.interrupted()).isTrue();
        AtomicBoolean done = new AtomicBoolean();
        caller.interrupt();
        assertThatThrownBy(() -> control.inTurn(() -> {
            done.set(true);
            return true;
        })).isInstanceOf(ControlRefused.class).hasMessage("interrupted; nothing was done");
        assertThat(Thread.interrupted()).isTrue();
        end.countDown();
        control.first(() -> { });
        assertThat(done).as("what was said to be not done").isFalse();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            Await.await(latch);
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
