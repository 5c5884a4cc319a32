package io.sluice.kernel.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server with a role: to {@code ?} it answers its role and a line feed, to {@code w} who it is, to anything else
 * nothing. A role that is {@code null} is silence, {@code ""} an end of the stream.
 */
final class TalkingServer implements AutoCloseable {

    final AtomicInteger asked = new AtomicInteger();
    final AtomicInteger accepted = new AtomicInteger();
    private final char name;
    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile String role;

    TalkingServer(char name, String role) throws IOException {
        this.name = name;
        this.role = role;
        this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "talking-server");
        thread.setDaemon(true);
        thread.start();
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    int port() {
        return server.getLocalPort();
    }

    TalkingServer role(String now) {
        role = now;
        return this;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                accepted.incrementAndGet();
                sockets.add(socket);
                daemon(() -> talk(socket));
                if (server.isClosed()) {
                    socket.close();
                }
            } catch (IOException e) {
                return;
            }
        }
    }

    private void talk(Socket accepted) {
        try (Socket socket = accepted) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == 'w') {
                    out.write(name);
                } else if (b == '?') {
                    asked.incrementAndGet();
                    String answer = role;
                    if (answer != null && answer.isEmpty()) {
                        return;
                    }
                    if (answer != null) {
                        out.write((answer + "\n").getBytes(StandardCharsets.US_ASCII));
                    }
                }
            }
        } catch (IOException e) {
            // the other end has gone
        } finally {
            sockets.remove(accepted);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
