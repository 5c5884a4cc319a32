package io.sluice.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** Answers each line with its own name and the line, on loopback. */
final class LineServer implements AutoCloseable {

    private static final int MOST_CLIENTS = 50;
    private static final int SILENCE_MILLIS = 60_000;

    private final String name;
    private final ServerSocket socket = new ServerSocket();
    private final ExecutorService clients = Executors.newFixedThreadPool(MOST_CLIENTS, LineServer::daemon);

    private LineServer(String name) throws IOException {
        this.name = name;
    }

    static LineServer start(String name, int port) throws IOException {
        LineServer server = new LineServer(name);
        server.socket.setReuseAddress(true);
        server.socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        daemon(server::accept).start();
        return server;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "demo-server");
        thread.setDaemon(true);
        return thread;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                clients.execute(() -> serve(client));
            } catch (IOException | RejectedExecutionException e) {
                if (!socket.isClosed()) {
                    System.getLogger(LineServer.class.getName()).log(System.Logger.Level.DEBUG, "accept failed", e);
                }
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setSoTimeout(SILENCE_MILLIS);
            BufferedReader lines = new BufferedReader(
                    new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            OutputStream out = client.getOutputStream();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.write((name + ": " + line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            System.getLogger(LineServer.class.getName()).log(System.Logger.Level.DEBUG, "a client left", e);
        }
    }

    @Override
    public void close() {
        clients.shutdownNow();
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
