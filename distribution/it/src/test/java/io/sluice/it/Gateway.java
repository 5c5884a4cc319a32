package io.sluice.it;

import static io.sluice.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
    private static final List<String> HEEDING_SIGNALS = heedingSignals();
    private static final String USUAL = "{ \"admin\": { \"address\": \"off\" }, \"listen_address\": \"127.0.0.1\","
            + " \"disable_ports_whitelist\": true, \"timeouts\": { \"connect\": \"1m\", \"handshake\": \"1m\", \"drain\": \"5s\" } }";

    /** As long as connections that a test has left open may hold up its end. */
    private static final int END_SECONDS = 10;

    final Path base;
    private final List<Process> commands = new ArrayList<>();
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
        return gateway.with();
    }

    /**
     * Settings that allow any port on loopback, without an admin API and with deadlines that a slow machine keeps; but for
     * what these members say.
     */
    Gateway with(String... members) throws IOException {
        JsonNode usual = JSON.readTree(USUAL);
        return settings(JSON.readerForUpdating(usual).readValue("{ " + String.join(", ", members) + " }").toString());
    }

    /** The settings, as a whole. */
    Gateway settings(String json) throws IOException {
        return file("sluice.json", json);
    }

    /** A file of definitions. */
    Gateway service(String name, String json) throws IOException {
        return file("services/" + name + ".json", json);
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

    /** Puts a file below {@code conf/}, whole from its first moment on: a test that is held up leaves no half of it. */
    Gateway file(String path, String text) throws IOException {
        Path file = base.resolve("conf").resolve(path);
        Files.createDirectories(file.getParent());
        Path whole = Files.writeString(base.resolve("whole.tmp"), text);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
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
        await().until(() -> Files.exists(readyFile()) || !process.isAlive());
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
        return new Result(exit(command), Files.readString(out), Files.readString(err));
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
    Process running(Path out, String... arguments) throws IOException {
        Process command = builder(arguments).redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        commands.add(command);
        return command;
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

    /** Waits until something about the ready file holds; a gateway that starts anew removes the one before. */
    void awaitReady(String what, Predicate<JsonNode> holds) {
        await(what).pollInterval(Duration.ofMillis(50)).ignoreException(NoSuchFileException.class).until(() -> holds.test(ready()));
    }

    /** The access log so far. */
    List<JsonNode> accessLog() throws IOException {
        List<JsonNode> records = new ArrayList<>();
        for (String line : lines(base.resolve("stdout"))) {
            records.add(JSON.readTree(line));
        }
        return records;
    }

    /** The lines of a file that may be just being written: those that have an end. */
    static List<String> lines(Path file) throws IOException {
        String text = text(file);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    /** What stands in a file that may be just being written: perhaps half a character at its end. */
    static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    String stderr() throws IOException {
        return text(base.resolve("stderr"));
    }

    long pid() {
        return process.pid();
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Waits for its end. */
    int exit() {
        return exit(process);
    }

    private static int exit(Process process) {
        if (!endsWithin(process, Patience.LIMIT.toSeconds())) {
            process.destroyForcibly();
            throw new AssertionError("it has not ended: " + process.info());
        }
        return process.exitValue();
    }

    private static boolean endsWithin(Process process, long seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends it and all that it has started; when this returns, none of them writes into its folder any more. */
    @Override
    public void close() {
        commands.forEach(Process::destroyForcibly);
        if (process != null && process.isAlive()) {
            List<ProcessHandle> below = process.descendants().toList();
            process.destroy();
            if (!endsWithin(process, END_SECONDS)) {
                process.destroyForcibly();
                below.forEach(ProcessHandle::destroyForcibly);
            }
            exit(process);
        }
    }

    static int freePort() throws IOException {
        return FreePorts.next();
    }

    static Socket connect(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout((int) Patience.LIMIT.toMillis());
        return socket;
    }

    /** Waits for the end of a connection: in order, or by a reset where the other side had not read all. */
    static boolean isEnded(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    /** Waits until a call answers without an exception, and not {@code false}. */
    static <T> T eventually(Callable<T> call) {
        return await().pollInterval(Duration.ofMillis(50)).ignoreExceptions().until(call, answer -> !Boolean.FALSE.equals(answer));
    }

    static String tcp(String name, int port, String target) {
        return "{ \"name\": \"" + name + "\", \"listen_port\": " + port
                + ", \"protocol\": \"tcp\", \"proxy\": { \"target_url\": \"" + target + "\" } }";
    }
}
