package io.sluice.kernel.remote;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** Through a UNIX domain socket, which no HTTP client of the JDK can use: a connection for each request. */
final class SocketWire implements Wire {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path path;
    private final AdminKey key;
    private final Duration patience;

    SocketWire(Path path, AdminKey key) {
        this(path, key, PATIENCE);
    }

    /**
     * @param patience within which the whole answer has to be there
     */
    SocketWire(Path path, AdminKey key, Duration patience) {
        this.path = path;
        this.key = key;
        this.patience = patience;
    }

    @Override
    public Reply ask(String method, Route route, String body) throws IOException {
        try (DeadlineSocket socket = DeadlineSocket.connect(path, patience)) {
            socket.write(request(method, route, body));
            return new ReplyReader(new BufferedInputStream(socket)).read();
        }
    }

    private byte[] request(String method, Route route, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return (method + " " + route + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Accept: application/json, application/problem+json\r\n"
                + key.secret().map(secret -> "Authorization: Bearer " + secret + "\r\n").orElse("")
                + (length == 0 ? "" : "Content-Type: application/json\r\n")
                + (length == 0 && method.equals("GET") ? "" : "Content-Length: " + length + "\r\n")
                + "\r\n" + body).getBytes(StandardCharsets.UTF_8);
    }
}
