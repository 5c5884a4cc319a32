package io.sluice.it;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A server that says its name, and then sends back what it gets. */
final class NamedServer implements AutoCloseable {

    private final EchoServer server;

    NamedServer(char name) throws IOException {
        server = new EchoServer(socket -> {
            socket.getOutputStream().write(name);
            EchoServer.ECHO.serve(socket);
        });
    }

    String address() {
        return server.address();
    }

    int port() {
        return Integer.parseInt(address().substring(address().indexOf(':') + 1));
    }

    /** Whom a new connection reaches; {@code -} for nobody. */
    static char whoIsAt(int port) {
        try (Socket socket = Gateway.connect(port)) {
            int name = socket.getInputStream().read();
            return name < 0 ? '-' : (char) name;
        } catch (IOException e) {
            return '-';
        }
    }

    /** Whom so many connections reach, one after the other. */
    static String whoAreAt(int port, int connections) {
        return IntStream.range(0, connections).mapToObj(i -> String.valueOf(whoIsAt(port))).collect(Collectors.joining());
    }

    /** Whether both ends of a connection are still there. */
    static boolean isAlive(Socket socket) throws IOException {
        socket.getOutputStream().write("?".getBytes(StandardCharsets.US_ASCII));
        return socket.getInputStream().read() == '?';
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
