package io.sluice.plugins.tls.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HandshakeThreadsTest {

    @Test
    void taskRunsOnAThreadOfItsOwn() throws Exception {
        CompletableFuture<String> thread = new CompletableFuture<>();
        HandshakeThreads.of(new EmbeddedChannel()).execute(() -> thread.complete(Thread.currentThread().getName()));
        assertThat(thread.get(60, TimeUnit.SECONDS)).isEqualTo("tls-handshake");
    }

    @Test
    void whoHasGoneCostsNothingMore() {
        EmbeddedChannel connection = new EmbeddedChannel();
        connection.close();
        HandshakeThreads.unlessGone(connection, () -> {
            throw new AssertionError("it was run");
        }).run();
    }
}
