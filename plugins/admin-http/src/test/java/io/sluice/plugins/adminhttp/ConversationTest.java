package io.sluice.plugins.adminhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpServerCodec;
import io.sluice.spi.config.Default;
import io.sluice.testing.json.JacksonJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a client is waited for, on a clock that the test moves. */
class ConversationTest {

    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final long PATIENCE = 30;

    private EmbeddedChannel channel;

    @BeforeEach
    void connect() {
        Workers closed = new Workers(0);
        // whoever asks is answered at once, on the loop, that too much is being asked
        closed.close(0);
        Conversation conversation = new Conversation(new Reception(new RouteTable(List.of(), List::of), null, new JacksonJson(), host -> true),
                closed, Duration.ofSeconds(PATIENCE));
        channel = new EmbeddedChannel();
        channel.freezeTime();
        channel.pipeline().addLast(new Ear(conversation), new HttpServerCodec(), new WholeRequest(), conversation);
        // not before the clock stands still
        channel.pipeline().fireChannelActive();
    }

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
    }

    @Test
    void silentConnectionIsEnded() {
        pass(PATIENCE - 1);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void headAndBodyThatTrickleAreEndedSoLongAfterTheConnection() {
        for (String begin : List.of("GET / HTTP/1.1\r\nx-y: ", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n")) {
            release();
            connect();
            hear(begin);
            for (int i = 0; i < PATIENCE - 1; i++) {
                pass(1);
                hear("x");
                assertThat(channel.isOpen()).isTrue();
            }
            pass(1);
            assertThat(channel.isOpen()).as(begin).isFalse();
        }
    }

    @Test
    void pauseAfterAnAnswerIsEnded() {
        pass(PATIENCE - 1);
        ask();
        pass(PATIENCE - 1);
        ask();
        pass(PATIENCE - 1);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void requestAfterAPauseHasThePatienceForItselfAndNoMore() {
        ask();
        pass(PATIENCE - 1);
        hear(REQUEST.substring(0, 10));
        pass(PATIENCE - 1);
        hear(REQUEST.substring(10));
        expectAnswer();
        pass(PATIENCE - 1);
        hear(REQUEST.substring(0, 10));
        pass(PATIENCE - 1);
        hear(REQUEST.substring(10, 12));
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void clientThatGoesAfterTheLastAnswerFreesItsPlaceAtOnce() {
        hear(REQUEST.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
        expectAnswer();
        assertThat(channel.isOpen()).as("what is unread would reset it").isTrue();
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void whatIsTooLongIsToldApart() {
        String much = "x".repeat(20_000);
        assertThat(answerTo("GET /" + much + " HTTP/1.1\r\nHost: localhost\r\n\r\n")).isEqualTo("HTTP/1.1 414 Request-URI Too Long");
        assertThat(answerTo("GET /?" + much + "\r\n\r\n")).startsWith("HTTP/1.1 414 ");
        assertThat(answerTo("GET / HTTP/1.1\r\nHost: localhost\r\nx: " + much + "\r\n\r\n")).startsWith("HTTP/1.1 431 ");
        assertThat(answerTo("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1;" + much + "\r\nx\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    private String answerTo(String request) {
        connect();
        hear(request);
        ByteBuf answer = channel.readOutbound();
        try {
            return answer.toString(StandardCharsets.US_ASCII).lines().findFirst().orElse("");
        } finally {
            answer.release();
            channel.releaseOutbound();
        }
    }

    @Test
    void patienceIsLessThanHalfAMinuteIfNothingElseIsSaid() {
        String patience = Arrays.stream(AdminHttpConfig.class.getRecordComponents())
                .filter(component -> component.getName().equals("patience")).findFirst().orElseThrow()
                .getAnnotation(Default.class).value();
        assertThat(Duration.parse("PT" + patience.toUpperCase(Locale.ROOT))).isLessThan(Duration.ofSeconds(30));
    }

    private void ask() {
        hear(REQUEST);
        expectAnswer();
    }

    private void expectAnswer() {
        assertThat(channel.releaseOutbound()).as("an answer").isTrue();
    }

    private void hear(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private void pass(long seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }
}
