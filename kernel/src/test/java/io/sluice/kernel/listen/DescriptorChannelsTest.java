package io.sluice.kernel.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.kernel.plan.ListenAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class DescriptorChannelsTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @Test
    void aListeningSocketIsAdoptedWithItsAddress() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.INET).bind(ANY_PORT)) {
            InheritedSocket adopted = new DescriptorChannels().adopt(Descriptors.of(server), "web");

            int port = server.socket().getLocalPort();
            assertThat(adopted.address()).isEqualTo(new ListenAddress("127.0.0.1", port));
            assertThat(adopted).hasToString("127.0.0.1:" + port + " (descriptor " + Descriptors.of(server) + ", \"web\")");
        }
    }

    @Test
    void aSocketOfBothFamiliesServesTheAddressOfAllInEither() throws IOException {
        try (ServerSocketChannel server = Descriptors.listening(new InetSocketAddress("::", 0))) {
            InheritedSocket adopted = Descriptors.adopt(Descriptors.of(server));
            int port = server.socket().getLocalPort();

            assertThat(adopted.address()).isEqualTo(new ListenAddress("::", port));
            assertThat(adopted.serves(new ListenAddress("::", port))).isTrue();
            assertThat(adopted.serves(new ListenAddress("0.0.0.0", port))).isTrue();
            assertThat(adopted.serves(new ListenAddress("127.0.0.1", port))).isFalse();
            assertThat(adopted.serves(new ListenAddress("0.0.0.0", port + 1))).isFalse();
            assertThat(adopted.blocks(new ListenAddress("127.0.0.1", port))).isTrue();
            assertThat(adopted.blocks(new ListenAddress("127.0.0.1", port + 1))).isFalse();
        }
    }

    @Test
    void aSocketOfIpv4DoesNotServeIpv6() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.INET).bind(new InetSocketAddress("0.0.0.0", 0))) {
            InheritedSocket adopted = Descriptors.adopt(Descriptors.of(server));
            int port = server.socket().getLocalPort();

            assertThat(adopted.serves(new ListenAddress("0.0.0.0", port))).isTrue();
            assertThat(adopted.serves(new ListenAddress("::", port))).isFalse();
        }
    }

    @Test
    void whatDoesNotListenIsLeftAlone(@TempDir Path folder) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(ANY_PORT);
                SocketChannel connected = SocketChannel.open(server.getLocalAddress());
                ServerSocketChannel fresh = ServerSocketChannel.open();
                DatagramChannel datagrams = DatagramChannel.open().bind(ANY_PORT);
                ServerSocketChannel unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                        .bind(UnixDomainSocketAddress.of(folder.resolve("s")));
                Pipe.SourceChannel pipe = Pipe.open().source()) {
            assertRefused(connected, "it is a socket that does not listen");
            assertRefused(fresh, "it is a socket that does not listen");
            assertRefused(datagrams, "it carries datagrams or packets, not a stream");
            assertRefused(unix, "it is a socket without IP address and port");
            assertRefused(pipe, "Socket operation on non-socket");
            assertThatThrownBy(() -> Descriptors.adopt(1_000_000)).isInstanceOf(IOException.class)
                    .hasMessage("Bad file descriptor");
            assertThat(connected.isConnected()).isTrue();
        }
    }

    private static void assertRefused(Channel channel, String why) {
        assertThatThrownBy(() -> Descriptors.adopt(Descriptors.of(channel))).isInstanceOf(IOException.class).hasMessage(why);
        assertThat(channel.isOpen()).isTrue();
    }
}
