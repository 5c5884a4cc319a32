package io.sluice.kernel.discovery;

import static io.sluice.kernel.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.Await;
import io.sluice.kernel.config.OfferedJson;
import io.sluice.spi.discovery.DiscoveryAnswer;
import io.sluice.spi.discovery.DiscoveryContext;
import io.sluice.spi.discovery.DiscoveryException;
import io.sluice.spi.discovery.FoundTarget;
import io.sluice.spi.discovery.PreparedDiscovery;
import io.sluice.spi.discovery.TargetLookup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiscoveryWatchTest {

    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration NEVER = Duration.ofDays(1);

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final Discoveries discoveries = discoveries(Duration.ofMinutes(1));

    private static Discoveries discoveries(Duration deadline) {
        return new Discoveries(new OfferedJson(), Path.of("conf"),
                new DiscoveryRules(SOON, SOON, Duration.ofDays(1), deadline, SOON));
    }

    private interface Look {
        DiscoveryAnswer look() throws DiscoveryException, InterruptedException;
    }

    private PreparedDiscovery asking(Look look) {
        return new PreparedDiscovery() {
            @Override
            public TargetLookup begin(DiscoveryContext context) {
                begun.incrementAndGet();
                assertThat(context.folder()).isAbsolute();
                return new TargetLookup() {
                    @Override
                    public DiscoveryAnswer look() throws DiscoveryException, InterruptedException {
                        return look.look();
                    }

                    @Override
                    public void close() {
                        closed.incrementAndGet();
                    }
                };
            }

            @Override
            public Duration refresh() {
                return Duration.ofMillis(4);
            }
        };
    }

    private final DiscoveryListener listener = new DiscoveryListener() {
        @Override
        public void found(List<DiscoveredTarget> targets, List<String> leftOut) {
            heard.add("found " + targets.stream().map(target -> target.address().toString()).toList() + leftOut);
        }

        @Override
        public void failed(String reason, Duration retryIn) {
            heard.add("failed " + retryIn.toMillis() + " " + reason);
        }
    };

    private static DiscoveryAnswer answer(Duration validFor, String... addresses) {
        return new DiscoveryAnswer(List.of(addresses).stream().map(FoundTarget::at).toList(), validFor);
    }

    private String next() throws InterruptedException {
        return Await.next(heard);
    }

    @AfterEach
    void endThreads() {
        discoveries.close();
    }

    @Test
    void asksAtOnceAndAgainWhenTheAnswerIsNoLongerValid() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (var watch = discoveries.watch(asking(() -> answer(SOON, "a:" + asked.incrementAndGet())), listener)) {
            assertThat(next()).isEqualTo("found [a:1][]");
            assertThat(next()).isEqualTo("found [a:2][]");
        }
        assertThat(begun).hasValue(1);
        assertThat(closed).hasValue(1);
    }

    @Test
    void failuresAreToldAndTriedAgainWithDoublingPauses() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (var watch = discoveries.watch(asking(() -> {
            switch (asked.incrementAndGet()) {
                case 1: throw new DiscoveryException("no");
                case 2: throw new IllegalStateException("bug");
                case 3: return answer(SOON);
                case 4: return answer(SOON, "a");
                case 5: return answer(SOON, "a:1", "b");
                case 6: throw new DiscoveryException("again");
                default: return answer(NEVER, "c:1");
            }
        }), listener)) {
            assertThat(next()).isEqualTo("failed 1 no");
            assertThat(next()).isEqualTo("failed 2 its plugin failed: java.lang.IllegalStateException: bug");
            assertThat(next()).isEqualTo("failed 4 the answer has no targets (expected: at least one)");
            assertThat(next()).startsWith("failed 4 none of the answer's targets can be used: \"a\" (expected: host:port");
            assertThat(next()).startsWith("found [a:1][\"b\" (expected: host:port");
            assertThat(next()).isEqualTo("failed 1 again");
            assertThat(next()).isEqualTo("found [c:1][]");
        }
    }

    @Test
    void pausesDoubleFromOneSecondUpToTheRefreshTime() {
        DiscoveryRules rules = DiscoveryRules.STANDARD;
        Duration minute = Duration.ofMinutes(1);

        assertThat(List.of(1, 2, 3, 6, 7, 8, 1_000_000).stream()
                .map(failures -> rules.afterFailures(failures, minute).toSeconds()))
                .containsExactly(1L, 2L, 4L, 32L, 60L, 60L, 60L);
        assertThat(rules.afterFailures(5, Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
        assertThat(rules.afterAnswer(Duration.ZERO)).isEqualTo(Duration.ofMillis(500));
        assertThat(rules.afterAnswer(Duration.ofDays(3))).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void anAttemptThatIsNotBackInTimeIsInterruptedAndTheNextBeginsAnew() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (Discoveries hasty = discoveries(Duration.ofMillis(100)); var watch = hasty.watch(asking(() -> {
            if (asked.incrementAndGet() == 1) {
                new CountDownLatch(1).await();
            }
            return answer(NEVER, "a:1");
        }), listener)) {
            assertThat(next()).isEqualTo("failed 1 no answer within 0 s");
            // a machine that stalls may be too late with the next ones too
            String heard = next();
            while (heard.endsWith(" no answer within 0 s")) {
                heard = next();
            }
            assertThat(heard).isEqualTo("found [a:1][]");
            assertThat(begun).hasValueGreaterThan(1);
            assertThat(closed).hasPositiveValue();
        }
    }

    @Test
    void anAttemptThatIgnoresItsInterruptHasItsLookupClosedUnderIt() throws Exception {
        CountDownLatch connection = new CountDownLatch(1);
        try (Discoveries hasty = discoveries(Duration.ofMillis(100)); var watch = hasty.watch(stubborn(connection), listener)) {
            assertThat(next()).isEqualTo("failed 1 no answer within 0 s");
            await(connection);
        }
    }

    @Test
    void anAttemptWhoseTimeIsOverBeforeItsLookupIsBegunIsOverToo() throws Exception {
        DiscoveryRules none = new DiscoveryRules(SOON, SOON, Duration.ofDays(1), Duration.ZERO, Duration.ZERO);
        // again and again: it depends on which thread is faster
        for (int i = 0; i < 500; i++) {
            try (Discoveries hasty = new Discoveries(new OfferedJson(), Path.of("conf"), none);
                    var watch = hasty.watch(stubborn(new CountDownLatch(1)), listener)) {
                assertThat(next()).isEqualTo("failed 1 no answer within 0 s");
            }
            heard.clear();
        }
    }

    /** Asks until its connection is closed, whoever interrupts it. */
    private static PreparedDiscovery stubborn(CountDownLatch connection) {
        return new PreparedDiscovery() {
            @Override
            public TargetLookup begin(DiscoveryContext context) {
                return new TargetLookup() {
                    @Override
                    public DiscoveryAnswer look() throws DiscoveryException {
                        while (connection.getCount() > 0) {
                            try {
                                connection.await();
                            } catch (InterruptedException e) {
                                // deaf
                            }
                        }
                        throw new DiscoveryException("the connection was closed");
                    }

                    @Override
                    public void close() {
                        connection.countDown();
                    }
                };
            }

            @Override
            public Duration refresh() {
                return SOON;
            }
        };
    }

    @Test
    void aWatchThatIsClosedIsSilentAndSaysWhenItsPluginIsDone() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        DiscoveryWatch watch = discoveries.watch(asking(() -> {
            inside.countDown();
            boolean interrupted = false;
            while (mayEnd.getCount() > 0) {
                try {
                    mayEnd.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return answer(SOON, interrupted ? "a:1" : "b:1");
        }), listener);
        await(inside);

        watch.close();
        assertThat(watch.ended().toCompletableFuture()).isNotDone();
        assertThat(closed).hasValue(1);
        mayEnd.countDown();

        await().untilAsserted(() -> assertThat(watch.ended().toCompletableFuture()).isDone());
        assertThat(heard).isEmpty();
        assertThat(begun).hasValue(1);
    }

    @Test
    void aWatchThatIsClosedWhileItWaitsEndsAtOnce() throws Exception {
        DiscoveryWatch watch = discoveries.watch(asking(() -> answer(NEVER, "a:1")), listener);
        next();
        await().until(() -> {
            watch.close();
            return watch.ended().toCompletableFuture().isDone();
        });
    }
}
