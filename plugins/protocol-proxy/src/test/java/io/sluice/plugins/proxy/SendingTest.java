package io.sluice.plugins.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.sluice.plugins.proxy.SendConfig.Tlv;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.PresentedClient;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.connection.SocketPeer;
import io.sluice.spi.connection.TargetAddress;
import io.sluice.spi.connection.TlsFacts;
import io.sluice.spi.protocol.UpstreamConnection;
import io.sluice.testing.config.RecordedFindings;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SendingTest {

    private static final ServiceInfo SERVICE = new ServiceInfo("s", "s", "", "127.0.0.1", 6379);

    @Test
    void versionOneIsALine() {
        assertThat(text(config(Version.V1), client("203.0.113.7", 55555, "192.0.2.1", 6379)))
                .isEqualTo("PROXY TCP4 203.0.113.7 192.0.2.1 55555 6379\r\n");
        assertThat(text(config(Version.V1), client("2001:db8::7", 1, "2001:db8::1", 2)))
                .isEqualTo("PROXY TCP6 2001:db8:0:0:0:0:0:7 2001:db8:0:0:0:0:0:1 1 2\r\n");
    }

    @Test
    void versionOneHasNoWordsForMixedFamiliesAndProbes() {
        assertThat(text(config(Version.V1), client("203.0.113.7", 1, "2001:db8::1", 2))).isEqualTo("PROXY UNKNOWN\r\n");
        assertThat(text(config(Version.V1), Optional.empty())).isEqualTo("PROXY UNKNOWN\r\n");
    }

    @Test
    void versionTwoIsTheSpecificationsLayout() {
        assertThat(hex(config(Version.V2), client("203.0.113.7", 55555, "192.0.2.1", 6379)))
                .isEqualTo("0d0a0d0a000d0a515549540a" + "2111000c" + "cb007107" + "c0000201" + "d903" + "18eb");
        assertThat(hex(config(Version.V2), client("203.0.113.7", 1, "2001:db8::1", 2)))
                .isEqualTo("0d0a0d0a000d0a515549540a" + "21210024" + "00000000000000000000ffffcb007107"
                        + "20010db8000000000000000000000001" + "0001" + "0002");
    }

    @Test
    void probeIsLocal() {
        assertThat(hex(config(Version.V2), Optional.empty())).isEqualTo("0d0a0d0a000d0a515549540a" + "20000000");
    }

    @Test
    void chosenTlvsFollowTheAddresses() {
        ClientFacts facts = client("203.0.113.7", 55555, "192.0.2.1", 6379).get().withServerName("a.example")
                .withAlpn("h2").with(new TlsFacts("TLSv1.3", "TLS_AES_128_GCM_SHA256", Optional.empty()));
        String hex = hex(config(Version.V2, name("alpn"), name("authority"), name("unique_id"), name("ssl"),
                new Tlv(null, 224, "own")), Optional.of(facts));
        assertThat(hex.substring(56)).isEqualTo("0100026832" + "020009612e6578616d706c65" + "050003692d31"
                + "20000f" + "0100000001" + "210007544c5376312e33" + "e000036f776e");
    }

    @Test
    void whatIsWrittenIsReadBackWithItsChecksum() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            boolean v4 = random.nextBoolean();
            String host = v4 ? random.nextInt(256) + ".2.3." + random.nextInt(256) : "2001:db8::" + Integer.toHexString(random.nextInt(65536));
            Optional<ClientFacts> client = client(host, random.nextInt(65536), host, random.nextInt(65536));
            SendConfig config = random.nextBoolean() ? config(Version.V1)
                    : config(Version.V2, name("crc32c"), new Tlv(null, 225, "x".repeat(random.nextInt(200))));
            ByteBuf header = write(config, client);
            Header parsed = HeaderParser.parse(header);
            assertThat(parsed).isInstanceOfSatisfying(Header.Complete.class, complete -> {
                assertThat(complete.length()).isEqualTo(header.readableBytes());
                assertThat(complete.addresses().get().source()).isEqualTo(client.get().client().source());
                assertThat(complete.addresses().get().destination()).isEqualTo(client.get().client().destination());
            });
            header.release();
        }
    }

    @Test
    void wrongTlvsAreNamed() {
        RecordedFindings findings = new RecordedFindings();
        new ProxyUpstreamProtocol().layer(config(Version.V1, name("alpn")), SERVICE, findings);
        new ProxyUpstreamProtocol().layer(config(Version.V2, name("alnp"), new Tlv(null, 5, "x"), new Tlv(null, 224, null)),
                SERVICE, findings);
        assertThat(findings.errors()).containsExactly(
                "tlvs: version 1 has no TLVs (expected: v2)",
                "tlvs[0]: \"alnp\" (expected: one of alpn, authority, crc32c, ssl, unique_id)",
                "tlvs[1]: type 5 (expected: 224 to 247, the types for applications)",
                "tlvs[2]: value is missing (expected: at most 256 bytes)");
    }

    @Test
    void doubtfulReceiversAreWarnedOf() {
        RecordedFindings findings = new RecordedFindings();
        new ProxyClientProtocol().prepare(new ReceiveConfig(ReceiveConfig.Mode.OPTIONAL, List.of(), List.of()),
                new ServiceInfo("s", "s", "", "0.0.0.0", 1), findings);
        assertThat(findings.warnings()).hasSize(2);
        findings.warnings().clear();
        new ProxyClientProtocol().prepare(new ReceiveConfig(ReceiveConfig.Mode.REQUIRED, List.of(), List.of()),
                new ServiceInfo("s", "s", "", "192.168.1.1", 1), findings);
        assertThat(findings.warnings()).isEmpty();
        new ProxyClientProtocol().prepare(new ReceiveConfig(ReceiveConfig.Mode.REQUIRED,
                List.of("10.0.0.0/8", "10.0.0.0/40", "proxy.example"), List.of()), SERVICE, findings);
        assertThat(findings.errors()).containsExactly("trusted[1]: \"10.0.0.0/40\" (expected: a prefix length of 0 to 32)",
                "trusted[2]: \"proxy.example\" (expected: an IP address or network)");
    }

    private static SendConfig config(Version version, Tlv... tlvs) {
        return new SendConfig(version, List.of(tlvs));
    }

    private static Tlv name(String name) {
        return new Tlv(name, null, null);
    }

    private static Optional<ClientFacts> client(String source, int sourcePort, String destination, int destinationPort) {
        InetSocketAddress any = new InetSocketAddress("127.0.0.1", 1);
        return Optional.of(ClientFacts.of(new SocketPeer(any, any)).with(new PresentedClient(
                new InetSocketAddress(source, sourcePort), new InetSocketAddress(destination, destinationPort))));
    }

    private static String text(SendConfig config, Optional<ClientFacts> client) {
        ByteBuf header = write(config, client);
        String text = header.toString(StandardCharsets.US_ASCII);
        header.release();
        return text;
    }

    private static String hex(SendConfig config, Optional<ClientFacts> client) {
        ByteBuf header = write(config, client);
        String hex = ByteBufUtil.hexDump(header);
        header.release();
        return hex;
    }

    private static ByteBuf write(SendConfig config, Optional<ClientFacts> client) {
        EmbeddedChannel channel = new EmbeddedChannel();
        int[] proceeded = {0};
        new ProxyUpstreamProtocol().layer(config, SERVICE, new RecordedFindings()).open(new UpstreamConnection() {
            @Override
            public Channel channel() {
                return channel;
            }

            @Override
            public TargetAddress target() {
                return new TargetAddress("h", 1);
            }

            @Override
            public Optional<ClientFacts> client() {
                return client;
            }

            @Override
            public String id() {
                return "i-1";
            }

            @Override
            public void add(ChannelHandler handler) {
                throw new AssertionError("no handler is needed");
            }

            @Override
            public void proceed() {
                proceeded[0]++;
            }

            @Override
            public void fail(String reason) {
                throw new AssertionError(reason);
            }
        });
        assertThat(proceeded[0]).isEqualTo(1);
        return channel.readOutbound();
    }
}
