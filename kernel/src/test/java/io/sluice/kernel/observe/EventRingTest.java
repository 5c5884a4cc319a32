package io.sluice.kernel.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.spi.control.Event;
import io.sluice.spi.control.EventLog;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventRingTest {

    private final EventRing ring = new EventRing(0);

    @Test
    void readersGoOnWhereTheyWere() {
        ring.add("A", Map.of());
        ring.add("B", Map.of("service", "s"));
        assertThat(ring.after(0, 10)).extracting(Event::type).containsExactly("A", "B");
        assertThat(ring.after(1, 10)).extracting(Event::type).containsExactly("B");
        assertThat(ring.after(2, 10)).isEmpty();
        assertThat(ring.after(0, 1)).extracting(Event::type).containsExactly("A");
    }

    @Test
    void readerThatIsTooSlowMissesTheOldest() {
        for (int i = 0; i < 5000; i++) {
            ring.add("E", Map.of("n", i));
        }
        List<Event> kept = ring.after(0, 10_000);
        assertThat(kept).hasSize(4096);
        assertThat(kept.get(0).id()).isEqualTo(905);
        assertThat(ring.latest()).isEqualTo(5000);
    }

    @Test
    void placeOfAnEarlierRunStartsAnew() {
        ring.add("A", Map.of());
        assertThat(ring.after(77, 10)).hasSize(1);
        assertThat(ring.after(-1, 10)).hasSize(1);
    }

    @Test
    void placeOfAnEarlierRunIsNeverTakenForOneOfThis() {
        ring.add("A", Map.of());
        long known = ring.latest();
        EventRing next = new EventRing();
        for (int i = 0; i < 5; i++) {
            next.add("B", Map.of());
        }
        assertThat(next.after(known, 10)).hasSize(5);
        assertThat(next.after(0, 10)).hasSize(5);
        assertThat(next.after(next.latest() - 1, 10)).hasSize(1);
        EventRing third = new EventRing(next.latest());
        third.add("C", Map.of());
        assertThat(third.after(next.latest() - 2, 10)).hasSize(1);
    }

    @Test
    void subscribersAreWokenUntilTheyClose() {
        AtomicInteger woken = new AtomicInteger();
        Runnable wake = woken::incrementAndGet;
        EventLog.Subscription one = ring.onEvent(wake);
        EventLog.Subscription two = ring.onEvent(wake);
        EventLog.Subscription faulty = ring.onEvent(() -> {
            throw new IllegalStateException("on purpose");
        });
        ring.add("A", Map.of());
        assertThat(woken).hasValue(2);
        one.close();
        ring.add("B", Map.of());
        assertThat(woken).hasValue(3);
        two.close();
        faulty.close();
    }
}
