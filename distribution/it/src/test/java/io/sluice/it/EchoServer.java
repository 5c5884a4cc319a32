package io.sluice.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
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

    private final ServerSocket socket = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
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
            accepting.get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
