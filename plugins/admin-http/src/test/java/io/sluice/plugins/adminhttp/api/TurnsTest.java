package io.sluice.plugins.adminhttp.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.ControlRefused.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final int AT_ONCE = 2;
    private static final int CLIENTS = 16;

    private final Turns turns = new Turns(AT_ONCE);
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void allAreServedButOnlyAFewAtATime() throws Exception {
        AtomicInteger working = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(AT_ONCE);
        List<Future<Integer>> served = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            served.add(threads.submit(() -> turns.take(() -> {
                int now = working.incrementAndGet();
                most.accumulateAndGet(now, Math::max);
                full.countDown();
                try {
                    full.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                working.decrementAndGet();
                return 1;
            })));
        }
        for (Future<Integer> one : served) {
            assertThat(one.get(60, TimeUnit.SECONDS)).isEqualTo(1);
        }
        assertThat(most).hasValue(AT_ONCE);
    }

    @Test
    void workThatFailsGivesItsTurnBack() throws Exception {
        for (int i = 0; i < AT_ONCE + 1; i++) {
            assertThatThrownBy(() -> turns.take(() -> {
                throw new ControlRefused(Reason.UNKNOWN, "as asked");
            })).isInstanceOf(ControlRefused.class);
        }
        assertThat(turns.<String>take(() -> "served")).isEqualTo("served");
    }
}
