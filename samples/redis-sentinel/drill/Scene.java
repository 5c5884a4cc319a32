import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Two Redis, three Sentinels and the gateway, as processes on free ports of loopback, with files in a folder of its own. */
final class Scene {

    private static final Set<Integer> GIVEN = new HashSet<>();

    final int[] ports = {freePort(), freePort()};
    final int gateway = freePort();
    private final int[] sentinels = {freePort(), freePort(), freePort()};
    private final Path home;
    private final String redis;
    private final Path folder = Files.createTempDirectory("redis-sentinel");
    private final List<Process> started = new ArrayList<>();
    private final Process[] servers = new Process[2];

    Scene(Path home, String redis) throws IOException {
        this.home = home;
        this.redis = redis;
    }

    /** Starts a server as a master, or as a replica of the other one. */
    void server(int index, boolean replica) {
        try {
            Path own = Files.createDirectories(folder.resolve("redis-" + index));
            Path conf = own.resolve("redis.conf");
            Files.writeString(conf, "bind 127.0.0.1\nport " + ports[index] + "\ndir " + own
                    + "\nsave \"\"\nappendonly no\nrepl-diskless-sync yes\nrepl-diskless-sync-delay 0\n"
                    + (replica ? "replicaof 127.0.0.1 " + ports[1 - index] + "\n" : ""));
            servers[index] = start("redis-" + index, Map.of(), redis, conf.toString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isAlive(int index) {
        return servers[index].isAlive();
    }

    void kill(int index) {
        servers[index].destroyForcibly();
    }

    /** Sends a signal such as {@code -STOP}. */
    void signal(String signal, int index) {
        try {
            new ProcessBuilder("kill", signal, String.valueOf(servers[index].pid())).inheritIO().start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void tell(int index, String command) {
        ask(ports[index], command);
    }

    boolean isFollowing(int index) {
        return Connection.field(ask(ports[index], "INFO replication"), "master_link_status").equals("up");
    }

    boolean askForFailover() {
        return ask(sentinels[0], "SENTINEL FAILOVER drill").startsWith("+");
    }

    void sentinels(int master) throws IOException {
        for (int port : sentinels) {
            Path conf = folder.resolve("sentinel-" + port + ".conf");
            Files.writeString(conf, "bind 127.0.0.1\nport " + port + "\ndir " + folder + "\n"
                    + "sentinel monitor drill 127.0.0.1 " + ports[master] + " 2\n"
                    + "sentinel down-after-milliseconds drill 1000\nsentinel failover-timeout drill 2000\n");
            start("sentinel-" + port, Map.of(), redis, conf.toString(), "--sentinel");
        }
        Clock.await("the Sentinels know each other and the replica",
                () -> ask(sentinels[0], "INFO sentinel").contains("slaves=1,sentinels=3"));
    }

    /** Starts the gateway on a definition as it stands, but for addresses and port. */
    void gateway(Path definition) throws IOException {
        Path conf = folder.resolve("base/conf");
        Files.createDirectories(conf.resolve("services"));
        Files.writeString(conf.resolve("sluice.json"), "{ \"listen_address\": \"127.0.0.1\","
                + " \"disable_ports_whitelist\": true, \"admin\": { \"address\": \"off\" },"
                + " \"uptime_tests\": { \"config\": { \"time_wait\": 1 } } }");
        Files.writeString(conf.resolve("services/redis.json"), Files.readString(definition)
                .replace("192.168.10.1:6379", "127.0.0.1:" + ports[0])
                .replace("192.168.10.2:6379", "127.0.0.1:" + ports[1])
                .replace("\"listen_port\": 6379", "\"listen_port\": " + gateway));
        Path ready = folder.resolve("ready.json");
        start("gateway", Map.of("JAVA_HOME", System.getProperty("java.home")), home.resolve("bin/sluice").toString(), "run",
                "--base", folder.resolve("base").toString(), "--ready-file", ready.toString());
        Clock.await("the gateway is ready", () -> Files.exists(ready));
    }

    /** Empty if there is no answer. */
    private static String ask(int port, String command) {
        try (Connection server = new Connection(port, 1000)) {
            return server.call(command);
        } catch (IOException e) {
            return "";
        }
    }

    private Process start(String name, Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".log").toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        synchronized (started) {
            started.add(process);
        }
        return process;
    }

    /** The last lines of the gateway's log. */
    void tail() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("gateway.log"));
        lines.subList(Math.max(0, lines.size() - 20), lines.size()).forEach(System.out::println);
    }

    /** Ends what was started here, and nothing else. */
    void end() {
        synchronized (started) {
            started.forEach(Process::destroyForcibly);
            started.forEach(process -> process.onExit().join());
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            System.err.println("left behind: " + folder);
        }
    }

    /** Given once, and below those that systems give to connections going out: nobody takes it before its server does. */
    private static int freePort() throws IOException {
        while (true) {
            int port = 20_000 + ThreadLocalRandom.current().nextInt(10_000);
            if (GIVEN.add(port)) {
                try (ServerSocket socket = new ServerSocket(port)) {
                    return socket.getLocalPort();
                } catch (BindException e) {
                    // somebody has it
                }
            }
        }
    }
}
