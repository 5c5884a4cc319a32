package com.example.linegate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.protocol.ClientConnection;
import io.sluice.spi.protocol.ClientLayer;
import io.sluice.spi.protocol.ListenerView;
import io.sluice.spi.protocol.Routing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineGateTest {

    private static final String GREETING = "HELLO sesame\n";
    private static final ServiceInfo SERVICE = new ServiceInfo("s", "s", "", "127.0.0.1", 7001);

    /** A connection as the gateway gives it to a layer, over a channel without a network. */
    private static final class Client implements ClientConnection {

        private final EmbeddedChannel channel = new EmbeddedChannel();
        private boolean proceeded;
        private Refusal refusal;

        @Override
        public Channel channel() {
            return channel;
        }

        @Override
        public ClientFacts facts() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void learn(ClientFacts facts) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void add(ChannelHandler handler) {
            channel.pipeline().addLast(handler);
        }

        @Override
        public Routing route() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void proceed() {
            assertThat(proceeded || refusal != null).isFalse();
            proceeded = true;
        }

        @Override
        public void refuse(Refusal why) {
            assertThat(proceeded || refusal != null).isFalse();
            refusal = why;
            channel.close();
        }

        void send(String text) {
            if (channel.isOpen()) {
                channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
            }
        }

        /** What reached the next layer. */
        String passedOn() {
            StringBuilder text = new StringBuilder();
            for (ByteBuf bytes = channel.readInbound(); bytes != null; bytes = channel.readInbound()) {
                text.append(bytes.toString(StandardCharsets.ISO_8859_1));
                bytes.release();
            }
            return text.toString();
        }
    }

    private final ClientLayer layer = layer("sesame");

    @Test
    void theGreetingOpensTheGateHoweverItArrivesAndNoByteBehindItIsLost() {
        String sent = GREETING + "PING\n";
        for (int cut = 0; cut <= sent.length(); cut++) {
            Client client = connect();
            client.send(sent.substring(0, cut));
            assertThat(client.proceeded).isEqualTo(cut >= GREETING.length());
            client.send(sent.substring(cut));

            assertThat(client.proceeded).isTrue();
            assertThat(client.passedOn()).as("cut at %d", cut).isEqualTo("PING\n");
            assertThat(client.channel.pipeline().get(LineGateHandler.class)).isNull();
        }
    }

    @Test
    void theGreetingOpensTheGateByteByByte() {
        Client client = connect();
        GREETING.chars().forEach(c -> client.send(String.valueOf((char) c)));
        client.send("PING\n");

        assertThat(client.passedOn()).isEqualTo("PING\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "HELLO\n", "HELLO \n", "HELLO sesam\n", "HELLO sesame \n", "HELLO sesame\r\n",
        "hello sesame\n", " HELLO sesame\n", "HELLO sesame\u0000\n", "PING\nHELLO sesame\n"})
    void anythingElseIsRefusedHoweverItArrives(String sent) {
        for (int cut = 0; cut < sent.length(); cut++) {
            Client client = connect();
            client.send(sent.substring(0, cut));
            client.send(sent.substring(cut));

            assertThat(client.refusal.reason()).isEqualTo(CloseReason.ACCESS_DENIED);
            assertThat(client.passedOn()).isEmpty();
        }
    }

    @Test
    void aLineWithoutEndIsRefusedAtItsBound() {
        Client client = connect();
        client.send("x".repeat(LineGateHandler.LONGEST_LINE - 1));
        assertThat(client.refusal).isNull();
        client.send("x");

        assertThat(client.refusal).isEqualTo(new Refusal(CloseReason.BAD_PREAMBLE, "no line feed within 256 bytes"));
    }

    @Test
    void aLargeFirstReadIsPassedOnWhole() {
        Client client = connect();
        client.send(GREETING + "y".repeat(60_000));

        assertThat(client.passedOn()).isEqualTo("y".repeat(60_000));
    }

    @Test
    void aClientThatLeavesInTheMiddleOfItsLineLeavesNothingBehind() {
        Client client = connect();
        client.send("HELLO ses");
        client.channel.close();

        assertThat(client.proceeded).isFalse();
        assertThat(client.passedOn()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", "tab\t", "line\n", "grün"})
    void aWordThatNoLineCanHoldIsAMistake(String word) {
        assertThatThrownBy(() -> new LineGateConfig(word)).hasMessageStartingWith("word: ");
    }

    private Client connect() {
        Client client = new Client();
        layer.open(client);
        return client;
    }

    private static ClientLayer layer(String word) {
        LineGate gate = new LineGate();
        byte[] prepared = gate.prepare(new LineGateConfig(word), SERVICE, null);
        return gate.layer(new ListenerView<>("127.0.0.1", 7001, List.of(new ListenerView.Member<>(SERVICE, prepared))));
    }
}
