package io.sluice.plugins.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.plugins.proxy.ReceiveConfig.Mode;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.protocol.ListenerView;
import io.sluice.testing.config.RecordedFindings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReceivingTest {

    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static final String V4_ADDRESSES = "cb007107" + "c0000201" + "d903" + "18eb";
    private static final byte[] PAYLOAD = "PROXY payload\r\n".getBytes(StandardCharsets.US_ASCII);

    static Stream<Arguments> bad() {
        return Stream.of(
                text("GET / HTTP/1.1\r\n", "byte 0 is 0x47"),
                text("PROXy TCP4 1.2.3.4 5.6.7.8 1 2\r\n", "byte 4 is 0x79"),
                text("PROXY\tTCP4 1.2.3.4 5.6.7.8 1 2\r\n", "byte 5 is 0x09"),
                text("PROXY  TCP4 1.2.3.4 5.6.7.8 1 2\r\n", "family \"\""),
                text("PROXY TCP5 1.2.3.4 5.6.7.8 1 2\r\n", "family \"TCP5\""),
                text("PROXY tcp4 1.2.3.4 5.6.7.8 1 2\r\n", "family \"tcp4\""),
                text("PROXY \r\n", "family \"\""),
                text("PROXY TCP4\r\n", "2 words"),
                text("PROXY TCP4 1.2.3.4 5.6.7.8 1\r\n", "5 words"),
                text("PROXY TCP4 1.2.3.4 5.6.7.8 1 2 3\r\n", "7 words"),
                text("PROXY TCP4 1.2.3.4  5.6.7.8 1 2\r\n", "7 words"),
                text("PROXY TCP4 1.2.3.4 5.6.7.8 1 2 \r\n", "7 words"),
                text("PROXY TCP4 1.2.3 5.6.7.8 1 2\r\n", "address \"1.2.3\""),
                text("PROXY TCP4 01.2.3.4 5.6.7.8 1 2\r\n", "address \"01.2.3.4\""),
                text("PROXY TCP4 256.2.3.4 5.6.7.8 1 2\r\n", "address \"256.2.3.4\""),
                text("PROXY TCP4 localhost 5.6.7.8 1 2\r\n", "address \"localhost\""),
                text("PROXY TCP4 ::1 ::1 1 2\r\n", "address \"::1\""),
                text("PROXY TCP6 1.2.3.4 5.6.7.8 1 2\r\n", "address \"1.2.3.4\""),
                text("PROXY TCP6 ::1%lo ::1 1 2\r\n", "address \"::1%lo\""),
                text("PROXY TCP6 1::2::3 ::1 1 2\r\n", "address \"1::2::3\""),
                text("PROXY TCP6 [::1] ::1 1 2\r\n", "address \"[::1]\""),
                text("PROXY TCP4 1.2.3.4 5.6.7.8 +80 2\r\n", "port \"+80\""),
                text("PROXY TCP4 1.2.3.4 5.6.7.8 080 2\r\n", "port \"080\""),
                text("PROXY TCP4 1.2.3.4 5.6.7.8 -1 2\r\n", "port \"-1\""),
                text("PROXY TCP6 ::ffff:1.2.3.04 ::1 1 2\r\n", "address \"::ffff:1.2.3.04\""),
                text("PROXY TCP4 1.2.3.4 5.6.7.8 1 65536\r\n", "port \"65536\""),
                text("PROXY TCP4 1.2.3.4 5.6.7.8 1 99999999999\r\n", "port \"99999999999\""),
                text("PROXY TCP4 1.2.3.4 5.6.7.8 1 \r\n", "port \"\""),
                text("PROXY TCP4 1.2.3.4 5.6.7.8 1 2\n", "LF without CR"),
                text("PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\r\n", "CR without LF"),
                text("PROXY TCP4 1.2.3.4\r 5.6.7.8 1 2\r\n", "CR without LF"),
                text("PROXY UNKNOWN\n", "LF without CR"),
                text("PROXY UNKNOWN " + "x".repeat(200) + "\r\n", "the line does not end"),
                text("PROXY UNKNOWN " + "x".repeat(92) + "\r\n", "the line does not end"),
                binary("version byte 0xff", SIGNATURE + "ff110000", "version 15"),
                binary("version 1", SIGNATURE + "11110000", "version 1 "),
                binary("command 2", SIGNATURE + "22110000", "command 2"),
                binary("family 4", SIGNATURE + "2141000c" + V4_ADDRESSES, "family and transport 0x41"),
                binary("transport 3", SIGNATURE + "2113000c" + V4_ADDRESSES, "family and transport 0x13"),
                binary("family without transport", SIGNATURE + "2110000c" + V4_ADDRESSES, "family and transport 0x10"),
                binary("transport without family", SIGNATURE + "21010000", "family and transport 0x01"),
                binary("too short for IPv4", SIGNATURE + "2111000b" + V4_ADDRESSES, "length 11"),
                binary("too short for IPv6", SIGNATURE + "21210023" + V4_ADDRESSES, "length 35"),
                binary("too short for UNIX", SIGNATURE + "213100d7", "length 215"),
                binary("too long", SIGNATURE + "21110ff1", "length 4081"),
                binary("longest length", SIGNATURE + "2111ffff", "length 65535"),
                binary("partial TLV of 1 byte", SIGNATURE + "2111000d" + V4_ADDRESSES + "01", "the TLV at byte 28"),
                binary("partial TLV of 2 bytes", SIGNATURE + "2111000e" + V4_ADDRESSES + "0100", "the TLV at byte 28"),
                binary("TLV overrun", SIGNATURE + "21110010" + V4_ADDRESSES + "01000278", "the TLV at byte 28"),
                binary("second TLV overrun", SIGNATURE + "21110013" + V4_ADDRESSES + "01000178" + "02ffff", "the TLV at byte 32"),
                binary("CRC32C of 3 bytes", SIGNATURE + "21110012" + V4_ADDRESSES + "030003000000", "CRC32C TLV of 3 bytes"),
                binary("CRC32C wrong", SIGNATURE + "21110013" + V4_ADDRESSES + "03000400000001", "CRC32C does not match"),
                binary("CRC32C twice", SIGNATURE + "2111001a" + V4_ADDRESSES + "0300040000000003000400000000", "CRC32C TLV of 4"),
                binary("SSL TLV too short", SIGNATURE + "21110013" + V4_ADDRESSES + "20000401000000", "SSL TLV of 4"),
                binary("SSL inner overrun", SIGNATURE + "21110017" + V4_ADDRESSES + "2000080100000000" + "210009", "the TLV at byte 36"),
                binary("UDP with a partial TLV", SIGNATURE + "2112000d" + V4_ADDRESSES + "01", "the TLV at byte 28"),
                binary("unspecified with a partial TLV", SIGNATURE + "21000001" + "01", "the TLV at byte 16"),
                binary("broken signature", "0d0a0d0a000d0a515549540b21110000", "byte 11 is 0x0b"));
    }

    static Stream<Arguments> good() {
        return Stream.of(
                header("PROXY TCP4 203.0.113.7 192.0.2.1 55555 6379\r\n", "/203.0.113.7:55555"),
                header("PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n", "/255.255.255.255:65535"),
                header("PROXY TCP6 2001:db8::7 2001:db8::1 0 1\r\n", "/[2001:db8:0:0:0:0:0:7]:0"),
                header("PROXY TCP6 ffff:f...f:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n"
                        .replace("ffff:f...f:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
                        "/[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535"),
                header("PROXY UNKNOWN\r\n", null),
                header("PROXY UNKNOWN what ever 1 2 3\r\n", null),
                header("PROXY UNKNOWN " + "x".repeat(91) + "\r\n", null),
                hex(SIGNATURE + "2111000c" + V4_ADDRESSES, "/203.0.113.7:55555"),
                hex(SIGNATURE + "21210024" + "20010db8000000000000000000000007" + "20010db8000000000000000000000001" + "d90318eb",
                        "/[2001:db8:0:0:0:0:0:7]:55555"),
                hex(SIGNATURE + "20000000", null),
                hex(SIGNATURE + "20110000", null),
                hex(SIGNATURE + "20ff0003" + "010203", null),
                hex(SIGNATURE + "2011000c" + V4_ADDRESSES, null),
                hex(SIGNATURE + "21000000", null),
                hex(SIGNATURE + "2112000c" + V4_ADDRESSES, null),
                hex(SIGNATURE + "213100d8" + "00".repeat(216), null),
                hex(SIGNATURE + "21110014" + V4_ADDRESSES + "0400010002000161", "/203.0.113.7:55555"),
                hex(SIGNATURE + "2111001e" + V4_ADDRESSES + "20000f0100000000" + "210007544c5376312e33", "/203.0.113.7:55555"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void malformedHeaderIsRefusedHoweverItIsSplit(String name, byte[] bytes, String reason) {
        inEverySplit(bytes, connection -> {
            assertThat(connection.refusal).as("refused").isNotNull();
            assertThat(connection.refusal.reason()).isEqualTo(CloseReason.BAD_PREAMBLE);
            assertThat(connection.refusal.detail()).startsWith(reason);
            assertThat(connection.proceeded).isZero();
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("good")
    void headerIsTakenAndThePayloadIsLeft(String name, byte[] bytes, String source) {
        byte[] all = concat(bytes, PAYLOAD);
        inEverySplit(all, connection -> {
            assertThat(connection.refusal).isNull();
            assertThat(connection.proceeded).isEqualTo(1);
            assertThat(connection.facts().client().source().toString())
                    .isEqualTo(source == null ? "/10.0.0.9:5000" : source);
            assertThat(connection.facts().socket().remote().getPort()).isEqualTo(5000);
            assertThat(received(connection)).isEqualTo(PAYLOAD);
            assertThat(connection.channel.pipeline().get(HeaderHandler.class)).isNull();
        });
    }

    @Test
    void untrustedSenderIsRefusedWhateverItSends() {
        FakeConnection connection = new FakeConnection();
        open(connection, new ReceiveConfig(Mode.REQUIRED, List.of("192.0.2.0/24"), List.of()));
        assertThat(connection.refusal.reason()).isEqualTo(CloseReason.UNTRUSTED_PROXY);
    }

    @Test
    void optionalModeLetsPassWhatIsNoHeader() {
        FakeConnection connection = new FakeConnection();
        open(connection, new ReceiveConfig(Mode.OPTIONAL, List.of(), List.of()));
        connection.channel.writeInbound(Unpooled.copiedBuffer("PING\r\n", StandardCharsets.US_ASCII));
        assertThat(connection.proceeded).isEqualTo(1);
        assertThat(received(connection)).isEqualTo("PING\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void optionalModeRefusesAHeaderFromAnUntrustedSender() {
        FakeConnection connection = new FakeConnection();
        open(connection, new ReceiveConfig(Mode.OPTIONAL, List.of("192.0.2.1"), List.of()));
        connection.channel.writeInbound(Unpooled.copiedBuffer("PROXY UNKNOWN\r\n", StandardCharsets.US_ASCII));
        assertThat(connection.refusal.reason()).isEqualTo(CloseReason.UNTRUSTED_PROXY);
    }

    @Test
    void versionThatIsNotListedIsRefused() {
        FakeConnection connection = new FakeConnection();
        open(connection, new ReceiveConfig(Mode.REQUIRED, List.of(), List.of(Version.V2)));
        connection.channel.writeInbound(Unpooled.copiedBuffer("PROXY UNKNOWN\r\n", StandardCharsets.US_ASCII));
        assertThat(connection.refusal.detail()).startsWith("a header of version 1");
    }

    private static void inEverySplit(byte[] bytes, Consumer<FakeConnection> then) {
        deliver(List.of(bytes), then);
        deliver(Stream.iterate(0, i -> i + 1).limit(bytes.length).map(i -> new byte[] {bytes[i]}).toList(), then);
        for (int i = 1; i < bytes.length; i++) {
            deliver(List.of(Arrays.copyOf(bytes, i), Arrays.copyOfRange(bytes, i, bytes.length)), then);
        }
    }

    private static void deliver(List<byte[]> pieces, Consumer<FakeConnection> then) {
        FakeConnection connection = new FakeConnection();
        open(connection, new ReceiveConfig(Mode.REQUIRED, List.of(), List.of()));
        pieces.forEach(piece -> connection.channel.writeInbound(Unpooled.copiedBuffer(piece)));
        then.accept(connection);
        connection.channel.finishAndReleaseAll();
    }

    private static void open(FakeConnection connection, ReceiveConfig config) {
        ProxyClientProtocol protocol = new ProxyClientProtocol();
        var service = new ServiceInfo("s", "s", "", "127.0.0.1", 6379);
        var prepared = protocol.prepare(config, service, new RecordedFindings());
        protocol.layer(new ListenerView<>("127.0.0.1", 6379,
                List.of(new ListenerView.Member<>(service, prepared)))).open(connection);
    }

    private static byte[] received(FakeConnection connection) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ByteBuf bytes = connection.channel.readInbound(); bytes != null; bytes = connection.channel.readInbound()) {
            byte[] piece = new byte[bytes.readableBytes()];
            bytes.readBytes(piece);
            bytes.release();
            out.writeBytes(piece);
        }
        return out.toByteArray();
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    private static Arguments text(String line, String reason) {
        return Arguments.of(line.strip(), line.getBytes(StandardCharsets.US_ASCII), reason);
    }

    private static Arguments binary(String name, String hex, String reason) {
        return Arguments.of(name, HexFormat.of().parseHex(hex), reason);
    }

    private static Arguments header(String line, String source) {
        return Arguments.of(line.strip(), line.getBytes(StandardCharsets.US_ASCII), source);
    }

    private static Arguments hex(String hex, String source) {
        return Arguments.of(hex, HexFormat.of().parseHex(hex), source);
    }
}
