package io.sluice.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/** {@code redis-benchmark}, again and again until it is closed. It ends by itself when one of its connections breaks. */
final class RedisBenchmark implements AutoCloseable {

    private final Process process;
    private final Path out;
    private volatile boolean closing;

    RedisBenchmark(int port, int connections, Path folder, Consumer<String> broke) throws IOException {
        out = folder.resolve("redis-benchmark.out");
        process = new ProcessBuilder("redis-benchmark", "-h", "127.0.0.1", "-p", String.valueOf(port), "-c",
                String.valueOf(connections), "-n", "200000", "-t", "ping_mbulk,set,get", "-q", "-l")
                .redirectErrorStream(true).redirectOutput(out.toFile()).start();
        process.onExit().thenAccept(ended -> {
            if (!closing) {
                broke.accept("redis-benchmark: exit " + ended.exitValue() + ": " + tail());
            }
        });
    }

    static boolean isInstalled() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "redis-benchmark")));
    }

    private String tail() {
        try {
            String text = Files.readString(out);
            return text.substring(Math.max(0, text.length() - 300));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        closing = true;
        process.destroy();
    }
}
