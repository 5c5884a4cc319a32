package io.sluice.plugins.tls.hello;

import static io.sluice.plugins.tls.hello.Hellos.bytes;
import static io.sluice.plugins.tls.hello.Hellos.concat;
import static io.sluice.plugins.tls.hello.Hellos.records;
import static io.sluice.plugins.tls.hello.Hellos.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ClientHellos, whole, byte by byte, and split everywhere; and everything that is none. */
class HelloTest {

    /** What became of a stream. */
    private static final class Outcome implements HelloHandler.Listener {
        private ClientHello hello;
        private BadHello refusal;

        @Override
        public void hello(ClientHello found, HelloHandler handler) {
            hello = found;
        }

        @Override
        public void refused(BadHello why) {
            refusal = why;
        }

        @Override
        public String toString() {
            return refusal == null ? String.valueOf(hello) : refusal.alert().map(Enum::name).orElse("CLOSE") + ": " + refusal.getMessage();
        }
    }

    private static Outcome deliver(byte[]... segments) {
        Outcome outcome = new Outcome();
        EmbeddedChannel channel = new EmbeddedChannel(new HelloHandler(outcome));
        for (byte[] segment : segments) {
            channel.writeInbound(Unpooled.copiedBuffer(segment));
        }
        channel.finishAndReleaseAll();
        return outcome;
    }

    private static byte[][] byteByByte(byte[] stream) {
        byte[][] segments = new byte[stream.length][];
        for (int i = 0; i < stream.length; i++) {
            segments[i] = new byte[] {stream[i]};
        }
        return segments;
    }

    @Test
    void aHelloSaysWhomItWantsAndWhatItSpeaks() {
        ClientHello hello = deliver(Hellos.usual().name("Www.Example.COM").alpn("h2", "http/1.1").record()).hello;
        assertThat(hello.serverName()).contains("www.example.com");
        assertThat(hello.alpn()).containsExactly("h2", "http/1.1");
        assertThat(hello.versions()).containsExactlyInAnyOrder(0x0303, 0x0304);
        assertThat(hello.suites()).containsExactlyInAnyOrder(0x1301, 0xc02b);
        assertThat(hello.signatureSchemes()).containsExactly(0x0403);
        assertThat(hello.groups()).containsExactly(23);
    }

    @Test
    void aHelloWithoutExtensionsIsOne() {
        ClientHello hello = deliver(Hellos.bare().version(0x0301).record()).hello;
        assertThat(hello.serverName()).isEmpty();
        assertThat(hello.versions()).containsExactly(0x0301);
        assertThat(hello.speaksModernTls()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 64, 1000})
    void anySplitOverRecordsAndSegmentsIsTheSameHello(int size) {
        Hellos made = Hellos.usual().name("a.example").alpn("x");
        ClientHello expected = deliver(made.record()).hello;
        byte[] stream = records(made.message(), size);
        assertThat(deliver(stream).hello).isEqualTo(expected);
        assertThat(deliver(byteByByte(stream)).hello).isEqualTo(expected);
        for (int at = 1; at < stream.length; at += size == 1000 ? 1 : 29) {
            assertThat(deliver(Arrays.copyOf(stream, at), Arrays.copyOfRange(stream, at, stream.length)).hello).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
            "a.example, a.example",
            "A.EXAMPLE., a.example",
            "xn--bcher-kva.example, xn--bcher-kva.example",
            "_srv._tcp.a-b.example, _srv._tcp.a-b.example",
            "localhost, localhost",
            "192.0.2.1, 192.0.2.1",
            "2001:db8::1, 2001:db8::1"})
    void aServerNameIsLowerCaseWithoutATrailingDot(String sent, String read) {
        assertThat(deliver(Hellos.usual().name(sent).record()).hello.serverName()).contains(read);
    }

    @Test
    void theLongestHelloIsTaken() {
        Hellos made = Hellos.usual().name("a.example");
        int room = HelloScanner.LARGEST_HELLO - (made.message().length - 4) - 4;
        byte[] message = made.extension(21, new byte[room]).message();
        assertThat(message).hasSize(4 + HelloScanner.LARGEST_HELLO);
        assertThat(deliver(records(message, 4096)).hello).isNotNull();
        assertThat(deliver(records(message, 16)).hello).isNotNull();
    }

    record Bad(String name, byte[] stream, String outcome) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Bad> table() {
        List<Bad> bad = new ArrayList<>(List.of(
                plain("HTTP", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "CLOSE: an HTTP request on a TLS port"),
                plain("HTTP/2", "PRI * HTTP/2.0\r\n", "CLOSE: an HTTP request on a TLS port"),
                plain("Redis", "*1\r\n$4\r\nPING\r\n", "CLOSE: the client does not speak TLS"),
                plain("SSLv2", "\u0080\u002e\u0001\u0000\u0002", "CLOSE: the client does not speak TLS"),
                new Bad("a record of no TLS", bytes(22, 2, 0, 0, 1, 1), "CLOSE: the client does not speak TLS"),
                new Bad("an alert first", bytes(21, 3, 1, 0, 2, 1, 0), "CLOSE: the client does not speak TLS"),
                new Bad("an empty record", bytes(22, 3, 1, 0, 0), "DECODE_ERROR: an empty record (RFC 8446 5.1)"),
                new Bad("a record too long", bytes(22, 3, 1, 0x40, 1), "RECORD_OVERFLOW: a record of 16385 bytes (expected: at most 16384)"),
                new Bad("16 MB claimed", bytes(22, 3, 1, 0, 4, 1, 0xff, 0xff, 0xff),
                        "DECODE_ERROR: a ClientHello of 16777215 bytes (expected: at most 16384)"),
                new Bad("a ServerHello", records(Hellos.message(2, new byte[40]), 100),
                        "UNEXPECTED_MESSAGE: handshake message 2 instead of a ClientHello"),
                new Bad("data within the hello", concat(records(Arrays.copyOf(Hellos.usual().message(), 20), 20), bytes(23, 3, 3, 0, 1, 0)),
                        "UNEXPECTED_MESSAGE: a record of type 23 came before the ClientHello was whole"),
                new Bad("an empty hello", records(Hellos.message(1, new byte[0]), 100), "DECODE_ERROR: its version is cut off"),
                hello("a session id too long", Hellos.usual().sessionId(33), "DECODE_ERROR: its session id is longer than 32 bytes"),
                hello("no suites", Hellos.usual().suites(), "DECODE_ERROR: it offers no cipher suite"),
                hello("half a suite", Hellos.usual().suites(1), "DECODE_ERROR: its cipher suites is cut off"),
                hello("an extension twice", Hellos.usual().extension(5, new byte[0]).extension(5, new byte[0]),
                        "ILLEGAL_PARAMETER: it has extension 5 twice"),
                hello("two host names", Hellos.usual().extension(0, vector(2, concat(bytes(0), vector(2, bytes('a')),
                        bytes(0), vector(2, bytes('b'))))), "ILLEGAL_PARAMETER: it asks for two server names"),
                hello("an empty list of names", Hellos.usual().extension(0, bytes(0, 0)), "DECODE_ERROR: its list of server names is empty"),
                hello("an empty name", Hellos.usual().name(""), "DECODE_ERROR: its server_name holds an empty entry"),
                hello("a name cut off", Hellos.usual().extension(0, bytes(0, 9, 0, 0, 9, 'a')), "DECODE_ERROR: its server_name is cut off"),
                hello("bytes behind the name", Hellos.usual().extension(0, bytes(0, 4, 0, 0, 1, 'a', 'x')),
                        "DECODE_ERROR: its server_name is longer than what it holds"),
                hello("an empty list of protocols", Hellos.usual().alpn(), "DECODE_ERROR: its list of application protocols is empty"),
                hello("an empty protocol", Hellos.usual().alpn(""), "DECODE_ERROR: its application protocols holds an empty entry"),
                new Bad("bytes behind the extensions", records(behind(Hellos.usual().message()), 1000),
                        "DECODE_ERROR: its message is longer than what it holds")));
        for (String name : List.of("a\0b", "a\0.example", "a b", "a..b", ".a", ".", "*.example", "\u00fc.example", "a/b",
                "x".repeat(64), "a.".repeat(128))) {
            bad.add(hello("the name " + name.replace('\0', '0'), Hellos.usual().name(name),
                    "ILLEGAL_PARAMETER: its server name is no host name (" + name.length() + " bytes)"));
        }
        byte[] large = Hellos.usual().extension(21, new byte[8000]).message();
        bad.add(new Bad("too many records", records(large, 1), "DECODE_ERROR: a ClientHello in too many records"
                + " (expected: at most 24576 bytes in all)"));
        return bad;
    }

    private static byte[] behind(byte[] message) {
        return Hellos.message(1, concat(Arrays.copyOfRange(message, 4, message.length), bytes(0)));
    }

    private static Bad hello(String name, Hellos made, String outcome) {
        return new Bad(name, made.record(), outcome);
    }

    private static Bad plain(String name, String text, String outcome) {
        return new Bad(name, text.getBytes(StandardCharsets.ISO_8859_1), outcome);
    }

    @ParameterizedTest
    @MethodSource("table")
    void whatIsNoHelloIsRefusedWholeAndByteByByteAndSplit(Bad bad) {
        assertThat(deliver(bad.stream())).hasToString(bad.outcome());
        String slowly = deliver(byteByByte(bad.stream())).toString();
        // of an HTTP request the first byte tells enough
        assertThat(slowly).isEqualTo(bad.outcome().replace("an HTTP request on a TLS port", "the client does not speak TLS"));
        int step = Math.max(1, bad.stream().length / 64);
        for (int at = step; at < bad.stream().length; at += step) {
            assertThat(deliver(Arrays.copyOf(bad.stream(), at), Arrays.copyOfRange(bad.stream(), at, bad.stream().length)).refusal)
                    .isNotNull();
        }
    }

    @Test
    void everythingIsPassedOnAsItCameFromTheFirstByte() {
        byte[] stream = concat(records(Hellos.usual().name("a.example").message(), 3), "0-RTT or not".getBytes(StandardCharsets.US_ASCII));
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.pipeline().addLast(new HelloHandler(new HelloHandler.Listener() {
            @Override
            public void hello(ClientHello hello, HelloHandler handler) {
                channel.pipeline().remove(handler);
            }

            @Override
            public void refused(BadHello why) {
                throw new AssertionError(why);
            }
        }));
        channel.writeInbound(Unpooled.copiedBuffer(stream, 0, 10), Unpooled.copiedBuffer(stream, 10, stream.length - 10));
        channel.writeInbound(Unpooled.copiedBuffer("more", StandardCharsets.US_ASCII));
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf next = channel.readInbound(); next != null; next = channel.readInbound()) {
            all.writeBytes(next);
            next.release();
        }
        assertThat(ByteBufUtil.getBytes(all)).isEqualTo(concat(stream, "more".getBytes(StandardCharsets.US_ASCII)));
        channel.finishAndReleaseAll();
    }

    @Test
    void whatIsRefusedIsNotKept() {
        EmbeddedChannel channel = new EmbeddedChannel(new HelloHandler(new Outcome()));
        ByteBuf first = Unpooled.copiedBuffer("GET / HTTP/1.1\r\n", StandardCharsets.US_ASCII);
        ByteBuf second = Unpooled.copiedBuffer("Host: x\r\n", StandardCharsets.US_ASCII);
        channel.writeInbound(first, second);
        assertThat(first.refCnt()).isZero();
        assertThat(second.refCnt()).isZero();
        channel.finishAndReleaseAll();
    }

    @Test
    void alertsAreRecordsOfTheirOwn() {
        ByteBuf record = Alert.UNRECOGNIZED_NAME.record(io.netty.buffer.ByteBufAllocator.DEFAULT);
        assertThat(ByteBufUtil.hexDump(record)).isEqualTo("15030300020270");
        record.release();
        assertThat(Set.of(Optional.of(Alert.DECODE_ERROR))).doesNotContain(Optional.empty());
    }
}
