package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The unpacked distribution, run as a process on a base folder of its own. */
final class Gateway implements AutoCloseable {

    static final Path HOME = Path.of(System.getProperty("sluice.it.home")).toAbsolutePath().normalize();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> HEEDING_SIGNALS = heedingSignals();

    final Path base;
    private Process process;
    private int descriptors;
    private String options = "";
    private List<String> parent = List.of();
    private final Map<String, String> environment = new HashMap<>();

    private Gateway(Path base) {
        this.base = base;
    }

    /** A base folder with settings that allow any port on loopback. */
    static Gateway on(Path base) throws IOException {
        Gateway gateway = new Gateway(base);
        Files.createDirectories(base.resolve("conf/services"));
        Files.createDirectories(base.resolve("plugins"));
        gateway.settings("{ \"admin\": { \"address\": \"off\" }, \"listen_address\": \"127.0.0.1\","
                + " \"disable_ports_whitelist\": true,"
                + " \"timeouts\": { \"drain\": \"5s\" } }");
        return gateway;
    }

    Gateway settings(String json) throws IOException {
        Files.writeString(base.resolve("conf/sluice.json"), json);
        return this;
    }

    Gateway service(String name, String json) throws IOException {
        Files.writeString(base.resolve("conf/services/" + name + ".json"), json);
        return this;
    }

    Gateway withoutService(String name) throws IOException {
        Files.delete(base.resolve("conf/services/" + name + ".json"));
        return this;
    }

    /** Lets it have no more than so many open files. */
    Gateway withDescriptors(int most) {
        descriptors = most;
        return this;
    }

    /** Lets a command start it that takes what it starts as its last arguments; {@link #pid} is that command's. */
    Gateway below(List<String> command) {
        parent = command;
        return this;
    }

    /** Lets its JVM have these options. */
    Gateway withOptions(String jvmOptions) {
        options = jvmOptions;
        return this;
    }

    /** Writes a file below {@code conf/}. */
    Gateway file(String path, String text) throws IOException {
        Path file = base.resolve("conf").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    /** Gives it a variable. */
    Gateway environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Starts it and waits for the ready file. */
    Gateway start() throws IOException {
        Files.deleteIfExists(readyFile());
        process = launch("run", "--base", base.toString(), "--ready-file", readyFile().toString());
        await().atMost(PATIENCE).until(() -> Files.exists(readyFile()) || !process.isAlive());
        assertThat(process.isAlive()).as(stderr()).isTrue();
        return this;
    }

    /** Undoes that jobs in a script's background, and under nohup, ignore signals, and their children with them. */
    private static List<String> heedingSignals() {
        String option = "--default-signal=INT,HUP";
        try {
            return new ProcessBuilder("env", option, "true").start().waitFor() == 0 ? List.of("env", option) : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts it and waits for its end. */
    int runToTheEnd() throws IOException {
        process = launch("run", "--base", base.toString(), "--ready-file", readyFile().toString());
        return exit();
    }

    /** A command's output and exit code. */
    record Result(int exit, String out, String err) {
    }

    /** Runs a command on this base folder. */
    Result command(String... arguments) throws IOException {
        return run(base, arguments);
    }

    static Result run(Path logs, String... arguments) throws IOException {
        Path out = Files.createTempFile(logs, "command", ".out");
        Path err = Files.createTempFile(logs, "command", ".err");
        Process command = builder(arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        await().atMost(PATIENCE).until(() -> !command.isAlive());
        return new Result(command.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Process launch(String... arguments) throws IOException {
        ProcessBuilder builder = builder(arguments);
        if (descriptors > 0) {
            builder.command().addAll(0, List.of("sh", "-c", "ulimit -n " + descriptors + "; exec \"$0\" \"$@\""));
        }
        builder.command().addAll(0, parent);
        builder.environment().put("SLUICE_OPTS", options);
        builder.environment().putAll(environment);
        return builder.redirectOutput(base.resolve("stdout").toFile())
                .redirectError(base.resolve("stderr").toFile()).start();
    }

    /** A command that goes on, for signals; its output goes to a file. */
    static Process running(Path out, String... arguments) throws IOException {
        return builder(arguments).redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>(HEEDING_SIGNALS);
        command.add(HOME.resolve("bin/sluice").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", System.getProperty("sluice.it.java.home"));
        builder.environment().remove("SLUICE_BASE");
        return builder;
    }

    Path readyFile() {
        return base.resolve("ready.json");
    }

    JsonNode ready() throws IOException {
        return JSON.readTree(Files.readString(readyFile()));
    }

    /** Waits until something about the ready file holds. */
    void awaitReady(String what, Predicate<JsonNode> holds) {
        await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> holds.test(ready()));
    }

    /** The access log so far. */
    List<JsonNode> accessLog() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(base.resolve("stdout"))) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    String stderr() throws IOException {
        return Files.readString(base.resolve("stderr"));
    }

    long pid() {
        return process.pid();
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.destroy();
    }

    int exit() {
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("ended").isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            process.destroy();
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static int freePort() throws IOException {
        return FreePorts.next();
    }

    static Socket connect(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** Waits until a call answers without an exception. */
    static <T> T eventually(Callable<T> call) {
        List<T> answer = new ArrayList<>();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).ignoreExceptions().until(() -> {
            answer.add(call.call());
            return true;
        });
        return answer.get(0);
    }

    static String tcp(String name, int port, String target) {
        return "{ \"name\": \"" + name + "\", \"listen_port\": " + port
                + ", \"protocol\": \"tcp\", \"proxy\": { \"target_url\": \"" + target + "\" } }";
    }
}
