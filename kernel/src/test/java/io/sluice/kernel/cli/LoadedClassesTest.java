package io.sluice.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands answer in the time that a JVM takes to start, because they load next to nothing. */
class LoadedClassesTest {

    @Test
    void commandsLoadNeitherNettyNorThePluginHost(@TempDir Path base) throws IOException, InterruptedException {
        try (FakeGateway gateway = new FakeGateway()) {
            gateway.on("GET /v1/status", 200, "{}");
            Path key = Files.writeString(base.resolve("key"), FakeGateway.KEY);
            Path classes = base.resolve("classes");
            Process command = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                    "-Xlog:class+load:file=" + classes, "-cp", System.getProperty("java.class.path"), Main.class.getName(),
                    "status", "--admin", "http://127.0.0.1:" + gateway.port(), "--key-file", key.toString())
                    .redirectErrorStream(true).redirectOutput(base.resolve("out").toFile()).start();

            assertThat(command.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(command.exitValue()).as(Files.readString(base.resolve("out"))).isZero();
            List<String> loaded = Files.readAllLines(classes);
            assertThat(loaded).anyMatch(line -> line.contains("io.sluice.kernel.remote.AdminClient"))
                    .noneMatch(line -> line.contains(" io.netty.") || line.contains(" org.apache.felix.")
                            || line.contains(" io.sluice.kernel.runtime.GatewayRuntime ") || line.contains("ObjectMapper "));
        }
    }
}
