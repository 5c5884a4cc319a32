package io.sluice.plugins.adminhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.spi.admin.AdminDoor;
import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.admin.AdminRoute.Access;
import io.sluice.spi.admin.AdminRoute;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The admin API on a socket that is not its own. */
@Timeout(180)
class InheritedPortTest {

    private String url = "";

    @Test
    void socketOutlivesItsServersAndWhoComesInBetweenIsServedByTheNext() throws Exception {
        try (ServerSocketChannel socket = ServerSocketChannel.open()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = ((InetSocketAddress) socket.getLocalAddress()).getPort();
            for (int i = 0; i < 3; i++) {
                try (Socket early = connect(port)) {
                    HttpServer server = start(socket);
                    try (Socket late = connect(port)) {
                        assertThat(answer(early)).startsWith("HTTP/1.1 200 ").endsWith("here");
                        assertThat(answer(late)).startsWith("HTTP/1.1 200 ");
                    } finally {
                        server.close();
                    }
                    assertThat(url).isEqualTo("http://127.0.0.1:" + port);
                    assertThat(socket.isOpen()).isTrue();
                }
            }
        }
    }

    private HttpServer start(ServerSocketChannel socket) {
        AdminDoor door = door();
        return HttpServer.start(new AdminHttpConfig(50, 1, Duration.ofMinutes(1)), Map.of(new InheritedPort(socket, door),
                new Reception(new RouteTable(List.of(new AdminRoute("GET", "/word", Access.PUBLIC,
                        request -> AdminResponse.text(200, "text/plain", "here"))), List::of), door, new TestJson(), host -> true)));
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write("GET /word HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private AdminDoor door() {
        return new PlainDoor() {
            @Override
            public void opened(String where) {
                url = where;
            }

            @Override
            public void failed(String reason) {
                throw new AssertionError(reason);
            }
        };
    }
}
