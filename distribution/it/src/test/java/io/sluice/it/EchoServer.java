package io.sluice.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A plain server on loopback; what it does with a connection is the test's. */
final class EchoServer implements AutoCloseable {

    /** What is done with a connection. */
    interface Service {
        void serve(Socket socket) throws Exception;
    }

    /** Sends back what it gets, and its end. */
    static final Service ECHO = socket -> {
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            byte[] buffer = new byte[65536];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
        }
    };

    /** On a port that nobody else is given once this server is closed: it refuses from then on. */
    private final ServerSocket socket = new ServerSocket(FreePorts.next(), 500, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "test-server");
        thread.setDaemon(true);
        return thread;
    });

    private final Future<?> accepting;

    EchoServer(Service service) throws IOException {
        accepting = threads.submit(() -> {
            while (!socket.isClosed()) {
                try {
                    Socket client = socket.accept();
                    threads.execute(() -> quietly(service, client));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    private static void quietly(Service service, Socket client) {
        try {
            service.serve(client);
        } catch (Exception e) {
            // a peer that goes away is part of many tests; what matters is seen at the other end
            try {
                client.close();
            } catch (IOException again) {
                // it is gone
            }
        }
    }

    /** Whether what is sent comes back. */
    static boolean echoes(Socket socket) throws IOException {
        byte[] word = "ping".getBytes(StandardCharsets.US_ASCII);
        socket.getOutputStream().write(word);
        return Arrays.equals(socket.getInputStream().readNBytes(word.length), word);
    }

    /** The same over a new connection. */
    static boolean echoes(int port) throws IOException {
        try (Socket socket = Gateway.connect(port)) {
            return echoes(socket);
        }
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        try {
            // the port refuses only when nobody waits in accept any more
            accepting.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
