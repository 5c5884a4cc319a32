package io.sluice.plugins.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.observer.ConnectionObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class AccessLogTest {

    private static final Duration WAIT = Duration.ofSeconds(30);

    private static final LineFormat IDS = (entry, line) -> {
        if (entry instanceof Entry.Closed closed) {
            if (closed.summary().id().equals("broken")) {
                throw new IllegalStateException("no line for this");
            }
            line.append(closed.summary().id());
        } else if (entry instanceof Entry.Dropped dropped) {
            line.append("dropped ").append(dropped.count());
        } else {
            line.append("refused ").append(((Entry.RefusedAtAccept) entry).count());
        }
    };

    /** Keeps lines; can be shut, and can fail. */
    private static final class Kept implements Destination {

        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final List<String> failed = new CopyOnWriteArrayList<>();
        private final List<Integer> batches = new CopyOnWriteArrayList<>();
        private final CountDownLatch blocked = new CountDownLatch(1);
        private final CountDownLatch gate;
        private final AtomicBoolean failing = new AtomicBoolean();
        private final AtomicBoolean closed = new AtomicBoolean();

        Kept(CountDownLatch gate) {
            this.gate = gate;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            blocked.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (failing.get()) {
                failed.addAll(StandardCharsets.UTF_8.decode(bytes).toString().lines().toList());
                throw new IOException("no space left");
            }
            List<String> batch = StandardCharsets.UTF_8.decode(bytes).toString().lines().toList();
            lines.addAll(batch);
            batches.add(batch.size());
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    private final CountDownLatch gate = new CountDownLatch(1);
    private final Kept kept = new Kept(gate);
    private final AccessLog log = startWith(kept, WAIT);

    @Test
    void everyConnectionIsOneLineInItsOrder() {
        gate.countDown();
        close(0, 1000);
        await().atMost(WAIT).until(() -> kept.lines.size() == 1000);

        log.refusedAtAccept("127.0.0.1:6379", 5);
        await().atMost(WAIT).until(() -> kept.lines.size() == 1001);
        log.close();

        List<String> expected = new ArrayList<>(IntStream.range(0, 1000).mapToObj(String::valueOf).toList());
        expected.add("refused 5");
        assertThat(kept.lines).isEqualTo(expected);
    }

    @Test
    void closingWritesWhatWaitsAndEndsTheThread() {
        close(0, 1);
        awaitBlocked();
        close(1, 3000);
        gate.countDown();
        log.close();

        await().atMost(WAIT).until(() -> !log.thread().isAlive());
        assertThat(kept.lines).hasSize(3000);
        assertThat(kept.closed).isTrue();
        assertThat(kept.batches).hasSizeLessThan(30);
    }

    @Test
    void aBlockedDestinationNeverBlocksTheConnectionsAndDroppedLinesAreToldInOne() {
        close(0, 1);
        awaitBlocked();
        close(1, 20_000);
        gate.countDown();
        await().atMost(WAIT).until(() -> kept.lines.stream().anyMatch(line -> line.startsWith("dropped")));
        close(20_000, 20_001);
        await().atMost(WAIT).until(() -> kept.lines.contains("20000"));
        log.close();

        assertThat(kept.lines).filteredOn(line -> line.startsWith("dropped"))
                .containsExactly("dropped " + (20_000 - 1 - EntryQueue.CAPACITY));
        assertThat(kept.lines).hasSize(1 + EntryQueue.CAPACITY + 1 + 1);
    }

    @Test
    void aDestinationThatIsBlockedForGoodDoesNotHoldUpClosing() {
        log.close();
        Kept stuck = new Kept(gate);
        AccessLog impatient = startWith(stuck, Duration.ofMillis(100));
        impatient.closed(Summaries.relayed("1", Summaries.client()));
        await().atMost(WAIT).until(() -> stuck.blocked.getCount() == 0);
        impatient.closed(Summaries.relayed("2", Summaries.client()));

        impatient.close();

        await().atMost(WAIT).until(() -> !impatient.thread().isAlive());
        assertThat(stuck.lines).isEmpty();
        assertThat(stuck.closed).isTrue();
    }

    @Test
    void linesThatCouldNotBeWrittenAreCountedAndToldLater() {
        kept.failing.set(true);
        gate.countDown();
        close(0, 10);
        await().atMost(WAIT).until(() -> kept.failed.contains("9"));
        awaitIdle();
        kept.failing.set(false);
        close(10, 11);
        await().atMost(WAIT).until(() -> kept.lines.size() == 2);
        log.close();

        assertThat(kept.lines).containsExactlyInAnyOrder("10", "dropped 10");
    }

    @Test
    void aLineThatCannotBeMadeDoesNotEndTheLog() {
        gate.countDown();
        log.closed(Summaries.relayed("broken", Summaries.client()));
        close(1, 2);
        await().atMost(WAIT).until(() -> kept.lines.contains("1"));
        log.close();

        assertThat(kept.lines).contains("1", "dropped 1");
    }

    @Test
    void eventsAfterClosingAreIgnored() {
        gate.countDown();
        log.close();
        await().atMost(WAIT).until(() -> !log.thread().isAlive());

        close(0, 10);

        assertThat(kept.lines).isEmpty();
    }

    @Test
    void theFactoryWritesJsonToTheFile(@TempDir Path folder) throws IOException {
        gate.countDown();
        log.close();
        Path file = folder.resolve("access.log");
        ConnectionObserver observer = new AccessLogFactory()
                .create(new AccessLogConfig(true, null, file.toString()), Path.of(""));

        observer.closed(Summaries.refused(CloseReason.NO_SERVICE, ""));
        // closing waits for two seconds only
        await().atMost(WAIT).until(() -> Files.size(file) > 0);
        observer.close();

        assertThat(Files.readAllLines(file)).singleElement().asString()
                .startsWith("{\"id\":\"2\",").endsWith("\"close_reason\":\"no_service\"}");
    }

    @Test
    void aLogThatIsSwitchedOffWritesNothing(@TempDir Path folder) {
        gate.countDown();
        log.close();
        Path file = folder.resolve("access.log");
        ConnectionObserver observer = new AccessLogFactory()
                .create(new AccessLogConfig(false, AccessLogConfig.Format.JSON, file.toString()), Path.of(""));

        observer.closed(Summaries.refused(CloseReason.NO_SERVICE, ""));
        observer.close();

        assertThat(file).doesNotExist();
    }

    @Test
    void itsSettingsStandAtTheRootOfTheSettings() {
        gate.countDown();
        log.close();
        assertThat(new AccessLogFactory().settingsPath()).isEqualTo("access_log");
        assertThat(new AccessLogConfig(true, null, " ")).isEqualTo(
                new AccessLogConfig(true, AccessLogConfig.Format.JSON, null));
    }

    private static AccessLog startWith(Kept destination, Duration drain) {
        return AccessLog.start(IDS, destination, new EntryQueue(), drain);
    }

    private void close(int from, int to) {
        IntStream.range(from, to).forEach(i -> log.closed(Summaries.relayed(String.valueOf(i), Summaries.client())));
    }

    private void awaitIdle() {
        await().atMost(WAIT).until(() -> log.thread().getState() == Thread.State.WAITING);
    }

    private void awaitBlocked() {
        await().atMost(WAIT).until(() -> kept.blocked.getCount() == 0);
    }
}
