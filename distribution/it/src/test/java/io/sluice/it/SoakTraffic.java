package io.sluice.it;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Connections that must notice nothing of any change: some work all the time, some are idle, one carries a stream. */
final class SoakTraffic implements AutoCloseable {

    private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String PONG = "+PONG\r\n";
    private static final int THREADS = 4;

    private final List<Socket> idle = new ArrayList<>();
    private final List<Socket> all = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong streamed = new AtomicLong();
    private volatile boolean stopping;

    SoakTraffic(int redisPort, int idleOnes, int workingOnes) throws IOException {
        for (int i = 0; i < idleOnes; i++) {
            idle.add(connect(redisPort));
        }
        for (int t = 0; t < THREADS; t++) {
            List<Socket> working = new ArrayList<>();
            for (int i = 0; i < workingOnes / THREADS; i++) {
                working.add(connect(redisPort));
            }
            start("working", () -> work(working));
        }
    }

    private Socket connect(int port) throws IOException {
        Socket socket = Gateway.connect(port);
        all.add(socket);
        ping(socket);
        return socket;
    }

    /** Reads a stream of {@link #pattern} through the gateway until it has so many bytes. */
    void stream(int port, long bytes) throws IOException {
        Socket socket = Gateway.connect(port);
        all.add(socket);
        start("stream", () -> {
            byte[] buffer = new byte[256 * 1024];
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (streamed.get() < bytes && !stopping) {
                in.readFully(buffer);
                for (int i = 0; i < buffer.length; i++) {
                    if (buffer[i] != pattern(i)) {
                        throw new IOException("byte " + (streamed.get() + i) + " is another one");
                    }
                }
                streamed.addAndGet(buffer.length);
            }
        });
    }

    static byte pattern(int index) {
        return (byte) (index * 31 >>> 3);
    }

    private interface Work {
        void run() throws IOException;
    }

    private void start(String what, Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                if (!stopping) {
                    broken.add(what + ": " + e);
                }
            }
        }, "soak-" + what);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void work(List<Socket> working) throws IOException {
        while (!stopping) {
            for (Socket socket : working) {
                ping(socket);
                answers.incrementAndGet();
            }
        }
    }

    private static void ping(Socket socket) throws IOException {
        socket.getOutputStream().write(PING);
        InputStream in = socket.getInputStream();
        String answer = new String(in.readNBytes(PONG.length()), StandardCharsets.US_ASCII);
        if (!answer.equals(PONG)) {
            throw new IOException("answered with \"" + answer + "\"");
        }
    }

    /** Something else broke. */
    void broke(String what) {
        broken.add(what);
    }

    /** Uses the idle ones once more. */
    void wakeIdle() {
        for (Socket socket : idle) {
            try {
                ping(socket);
            } catch (IOException e) {
                broken.add("idle: " + e);
            }
        }
    }

    List<String> broken() {
        return List.copyOf(broken);
    }

    long answers() {
        return answers.get();
    }

    long streamed() {
        return streamed.get();
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        for (Socket socket : all) {
            socket.close();
        }
        for (Thread thread : threads) {
            try {
                thread.join(10_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
