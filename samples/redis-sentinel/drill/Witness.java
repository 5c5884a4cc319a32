import java.io.IOException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Sees what happens: asks both servers directly for the role that they claim, which is the truth that the gateway is measured
 * against, and writes through the gateway all the time.
 */
final class Witness {

    /**
     * A write that a server took.
     *
     * @param at   when its answer came
     * @param port the server's
     */
    record Write(long at, int port) {
    }

    /** One connection through the gateway. */
    static final class Life {

        final long opened = Clock.now();
        /** Of its server; 0 while that has not said who it is. */
        volatile int port;
        volatile long closed = Long.MAX_VALUE;

        /** When it ended, or now. */
        long end() {
            return Math.min(closed, Clock.now());
        }
    }

    final Queue<Write> writes = new ConcurrentLinkedQueue<>();
    final Queue<Life> lives = new ConcurrentLinkedQueue<>();
    private final Map<Integer, String> roles = new ConcurrentHashMap<>();
    private final Scene scene;
    private volatile long bothSince;
    private volatile long bothUntil;
    private volatile boolean over;

    Witness(Scene scene) {
        this.scene = scene;
    }

    void begin() {
        for (int port : scene.ports) {
            thread(() -> watch(port));
        }
        thread(() -> writeOn());
        thread(() -> writeOn());
        thread(() -> {
            // each on a thread of its own: one that hangs on a stopped server must not keep the next from being tried
            for (; !over; Clock.sleep(50)) {
                thread(() -> write(false));
            }
        });
    }

    void end() {
        over = true;
    }

    /** Forgets everything but the connections that live on. */
    synchronized void forget() {
        writes.clear();
        lives.removeIf(life -> life.closed != Long.MAX_VALUE);
        bothSince = 0;
        bothUntil = 0;
    }

    /** The one that claims to be the master; -1 if none or both do. */
    int master() {
        return isMaster(0) == isMaster(1) ? -1 : isMaster(0) ? 0 : 1;
    }

    boolean isMaster(int server) {
        return "master".equals(roles.get(scene.ports[server]));
    }

    /** When two claimed to be masters, first; 0 if they did not. */
    long bothSince() {
        return bothSince;
    }

    /** When they did so last. */
    long bothUntil() {
        return bothUntil;
    }

    private void watch(int port) {
        while (!over) {
            try (Connection server = new Connection(port, 200)) {
                while (!over) {
                    roles.put(port, Connection.field(server.call("INFO replication"), "role"));
                    seen();
                    Clock.sleep(20);
                }
            } catch (IOException e) {
                roles.put(port, "gone");
                Clock.sleep(20);
            }
        }
    }

    private synchronized void seen() {
        if (isMaster(0) && isMaster(1)) {
            bothSince = bothSince == 0 ? Clock.now() : bothSince;
            bothUntil = Clock.now();
        }
    }

    /** Over one connection as long as it lives, and then over the next. */
    private void writeOn() {
        for (; !over; Clock.sleep(10)) {
            write(true);
        }
    }

    /** Over one new connection: once, or as long as it lives. */
    private void write(boolean again) {
        Life life = null;
        try (Connection client = new Connection(scene.gateway, 60_000)) {
            life = new Life();
            lives.add(life);
            life.port = Integer.parseInt(Connection.field(client.call("INFO server"), "tcp_port"));
            do {
                if (client.call("SET drill " + Clock.now()).startsWith("+OK")) {
                    writes.add(new Write(Clock.now(), life.port));
                }
                Clock.sleep(again ? 10 : 0);
            } while (again && !over);
        } catch (IOException | NumberFormatException e) {
            // refused or cut: that is what the connection's life says
        }
        if (life != null) {
            life.closed = Clock.now();
        }
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }
}
