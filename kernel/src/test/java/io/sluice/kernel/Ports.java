package io.sluice.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Ports that nobody takes while a test counts on them. */
public final class Ports {

    /** Below those that systems give to connections going out and to servers that want any, above those of other tests. */
    private static final int FIRST = 31_000;
    private static final int END = 32_768;
    private static final Set<Integer> GIVEN = new HashSet<>();
    private static final Socket NOBODY = bound();

    private Ports() {
    }

    /** For a listener that is opened a moment later; another one each time. */
    public static synchronized int free() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (GIVEN.add(port) && isFree(port)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (BindException taken) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where nobody listens, on any address: it is taken, by a socket that accepts nothing. */
    public static int ofNobody() {
        return NOBODY.getLocalPort();
    }

    private static Socket bound() {
        try {
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress(0));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
