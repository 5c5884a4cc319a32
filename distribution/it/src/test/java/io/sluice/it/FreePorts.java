package io.sluice.it;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for listeners that are opened by another process, a moment later, or that must refuse once they are closed. They lie
 * below those that systems give to connections going out, each JVM that runs tests has a share of its own, and none is given
 * twice: nobody takes one in between.
 */
final class FreePorts {

    private static final int FIRST = 10_000;
    private static final int SHARE = 7_000;
    private static final int LOWEST = FIRST + (Integer.getInteger("sluice.it.fork", 1) - 1) % 3 * SHARE;
    private static final Set<Integer> GIVEN = new HashSet<>();

    private FreePorts() {
    }

    static synchronized int next() throws IOException {
        while (true) {
            int port = LOWEST + ThreadLocalRandom.current().nextInt(SHARE);
            if (GIVEN.add(port) && isFree(port)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress((InetAddress) null, port));
            return true;
        } catch (BindException taken) {
            return false;
        }
    }
}
