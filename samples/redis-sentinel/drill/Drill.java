import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Failovers of every kind on real servers behind the gateway, and what writers see of them. Ends with 0 if every promise was
 * kept, 1 if one was broken, 2 if it could not be tried.
 */
final class Drill {

    private final Rules rules;
    private final long slack;
    private final Scene scene;
    private final Witness witness;
    private boolean kept = true;

    private Drill(Rules rules, long slack, Scene scene) {
        this.rules = rules;
        this.slack = slack;
        this.scene = scene;
        this.witness = new Witness(scene);
    }

    /**
     * Runs everything.
     *
     * @param arguments the sample's folder, the gateway's, the redis-server, the rounds, and how many milliseconds a
     *                  measurement may be off
     */
    public static void main(String[] arguments) throws Exception {
        boolean kept = true;
        for (Rules rules : List.of(new Rules("redis-sentinel.json", 3, false),
                new Rules("redis-sentinel-improved.json", 1, true))) {
            Scene scene = new Scene(Path.of(arguments[1]), arguments[2]);
            Thread hook = new Thread(scene::end);
            Runtime.getRuntime().addShutdownHook(hook);
            Drill drill = new Drill(rules, Long.parseLong(arguments[4]), scene);
            try {
                drill.run(Path.of(arguments[0], rules.file()), Integer.parseInt(arguments[3]));
                kept &= drill.kept;
            } catch (IllegalStateException e) {
                System.out.println("COULD NOT GO ON: " + e.getMessage());
                scene.tail();
                System.exit(2);
            }
            drill.witness.end();
            Runtime.getRuntime().removeShutdownHook(hook);
            scene.end();
        }
        System.out.println(kept ? "VERDICT: every promise was kept" : "VERDICT: BROKEN");
        System.exit(kept ? 0 : 1);
    }

    private void run(Path definition, int rounds) throws Exception {
        System.out.println(rules + " (measured with " + slack + " ms of slack)");
        scene.server(0, false);
        scene.server(1, true);
        Clock.await("the replica follows", () -> scene.isFollowing(1));
        scene.gateway(definition);
        witness.begin();
        for (int round = 1; round <= rounds; round++) {
            byHand(round);
        }
        begin();
        scene.sentinels(witness.master());
        for (int round = 1; round <= rounds; round++) {
            kill(round);
            stale(round);
            stop(round);
            failover(round);
        }
    }

    /** Both are masters for a while, and then the old one becomes a replica that keeps its clients. */
    private void byHand(int round) {
        int old = begin();
        scene.tell(1 - old, "REPLICAOF NO ONE");
        long promoted = Clock.now();
        Clock.sleep(rules.up() + rules.down() + slack);
        scene.tell(old, "REPLICAOF 127.0.0.1 " + scene.ports[1 - old]);
        long demoted = Clock.now();
        settled(old, promoted);
        Clock.sleep(rules.down() + slack);
        judge("by hand", round, old, promoted, demoted);
    }

    private void kill(int round) {
        int old = begin();
        long demoted = Clock.now();
        scene.kill(old);
        long promoted = claims(1 - old);
        written(1 - old, promoted);
        judge("kill -9", round, old, promoted, demoted);
    }

    /** The one that was killed comes back, knows nothing of what happened, and claims to be the master. */
    private void stale(int round) {
        int old = scene.isAlive(0) ? 1 : 0;
        witness.forget();
        scene.server(old, false);
        settled(old, claims(old));
        judge("stale", round, old, 0, witness.bothUntil());
    }

    private void stop(int round) {
        int old = begin();
        long demoted = Clock.now();
        scene.signal("-STOP", old);
        long promoted = claims(1 - old);
        written(1 - old, promoted);
        Clock.sleep(Math.max(0, demoted + rules.down() + slack - Clock.now()));
        judge("SIGSTOP", round, old, promoted, demoted);
        witness.forget();
        scene.signal("-CONT", old);
        settled(old, claims(old));
        judge("SIGCONT", round, old, 0, witness.bothUntil());
    }

    private void failover(int round) {
        int old = begin();
        Clock.await("Sentinel agrees to a failover", scene::askForFailover);
        long promoted = claims(1 - old);
        settled(old, promoted);
        judge("FAILOVER", round, old, promoted, witness.bothUntil());
    }

    /** Waits for one master that takes writes, one that follows it, and says which is the master. */
    private int begin() {
        Clock.await("a master and a replica", () -> {
            int master = witness.master();
            return master >= 0 && scene.isFollowing(1 - master);
        });
        witness.forget();
        Clock.await("a write", () -> !witness.writes.isEmpty());
        return witness.master();
    }

    private long claims(int server) {
        Clock.await("a server claims to be a master", () -> witness.isMaster(server));
        return Clock.now();
    }

    private void written(int server, long since) {
        Clock.await("a write to the new master", () -> witness.writes.stream()
                .anyMatch(write -> write.port() == scene.ports[server] && write.at() >= since));
    }

    /** The old one follows the new one, and the new one takes writes. */
    private void settled(int old, long since) {
        Clock.await("the old master is a replica", () -> !witness.isMaster(old) && scene.isFollowing(old));
        written(1 - old, Math.max(since, witness.bothUntil()));
    }

    /**
     * Compares what was seen with what was promised.
     *
     * @param promoted when the new one became a master; 0 if it was one before
     * @param demoted  when the old one was none any more
     */
    private void judge(String kind, int round, int old, long promoted, long demoted) {
        List<String> broken = new ArrayList<>();
        long alone = rules.single() ? Math.max(promoted, Math.max(demoted, witness.bothUntil())) : promoted;
        long first = witness.writes.stream().filter(write -> write.port() == scene.ports[1 - old] && write.at() >= alone)
                .mapToLong(write -> write.at() - alone).min().orElse(Long.MAX_VALUE);
        if (promoted > 0 && first > rules.up() + slack) {
            broken.add("the new master got its first write too late");
        }
        long cut = witness.lives.stream()
                .filter(life -> life.port == scene.ports[old] && life.opened <= demoted + rules.down() + slack)
                .mapToLong(life -> life.end() - demoted).max().orElse(0);
        if (cut > rules.down() + slack) {
            broken.add("a client of the old master was cut too late");
        }
        if (witness.lives.stream().anyMatch(life -> life.port == scene.ports[old]
                && life.opened > demoted + rules.down() + slack)) {
            broken.add("a new client reached the old master");
        }
        if (witness.lives.stream().anyMatch(life -> life.port == 0 && life.end() - life.opened > rules.down() + slack)) {
            broken.add("a client waited in vain");
        }
        long claimed = witness.bothSince();
        long late = witness.writes.stream().filter(write -> claimed > 0 && write.at() <= witness.bothUntil())
                .mapToLong(write -> write.at() - claimed).max().orElse(0);
        if (rules.single() && late > rules.noticed() + slack) {
            broken.add("a write was taken too late after the second claim");
        }
        System.out.printf("%4d %-8s  first write after %s  old cut after %5d  two masters for %6d, writes for %6d  %s%n",
                round, kind, promoted == 0 ? "    -" : String.format("%5d", first), Math.max(0, cut),
                claimed == 0 ? 0 : witness.bothUntil() - claimed, Math.max(0, late),
                broken.isEmpty() ? "ok" : "BROKEN: " + String.join(", ", broken));
        kept &= broken.isEmpty();
    }
}
