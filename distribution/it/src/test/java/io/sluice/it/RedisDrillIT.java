package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.core.ExecutableProvider;

/** The sample's own drill, one failover of each kind: two real Redis and three Sentinels behind the unpacked zip. */
@Tag("alone")
class RedisDrillIT {

    @TempDir
    Path folder;

    @Test
    void everyPromiseIsKeptThroughOneFailoverOfEachKind() throws Exception {
        Path log = folder.resolve("drill.log");
        ProcessBuilder builder = new ProcessBuilder(
                Gateway.HOME.resolve("samples/redis-sentinel/drill.sh").toString(), "1")
                .redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("sluice.it.java.home"));
        builder.environment().put("SLUICE_HOME", Gateway.HOME.toString());
        builder.environment().put("REDIS_SERVER", ExecutableProvider.newJarResourceProvider().get().getAbsolutePath());
        // what a machine that stands still may add to a measurement; the promises themselves are 2 and 4 seconds
        builder.environment().put("SLACK_MS", "8000");
        Process drill = builder.start();
        try {
            boolean ended = drill.waitFor(20, TimeUnit.MINUTES);
            String told = Gateway.text(log);
            assertThat(ended).as(told).isTrue();
            assertThat(drill.exitValue()).as(told).isZero();
            assertThat(Files.readAllLines(log)).last().isEqualTo("VERDICT: every promise was kept");
        } finally {
            // it ends what it has started before it ends
            drill.destroy();
            drill.waitFor();
        }
    }
}
