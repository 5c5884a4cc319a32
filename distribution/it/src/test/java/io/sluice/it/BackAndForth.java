package io.sluice.it;

import java.io.IOException;
import java.net.Socket;

/** A connection over which bytes go to a server that echoes and come back, again and again, until something is wrong. */
final class BackAndForth implements AutoCloseable {

    private final Socket socket;
    private final Thread thread = new Thread(this::run, "back-and-forth");
    private volatile long rounds;
    private volatile Exception failure;
    private volatile boolean closed;

    private BackAndForth(Socket socket) {
        this.socket = socket;
    }

    static BackAndForth over(int port) throws IOException {
        BackAndForth one = new BackAndForth(Gateway.connect(port));
        one.thread.setDaemon(true);
        one.thread.start();
        return one;
    }

    private void run() {
        try {
            while (!closed) {
                int sent = (int) (rounds & 0x7f);
                socket.getOutputStream().write(sent);
                int got = socket.getInputStream().read();
                if (got != sent) {
                    throw new IOException("got " + got + " for " + sent + " in round " + rounds);
                }
                rounds++;
                // enough to be under way all the time, and not all that a small machine can do
                Thread.sleep(1);
            }
        } catch (IOException e) {
            failure = closed ? null : e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How often bytes came back. */
    long rounds() {
        return rounds;
    }

    /** What went wrong; {@code null} if nothing did. */
    Exception failure() {
        return failure;
    }

    @Override
    public void close() throws Exception {
        closed = true;
        thread.interrupt();
        socket.close();
        thread.join(10_000);
    }
}
