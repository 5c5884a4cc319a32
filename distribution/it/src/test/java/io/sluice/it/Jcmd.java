package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Asks the JVM of a gateway. */
final class Jcmd {

    private Jcmd() {
    }

    /** A command's output. */
    static String of(long pid, String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("sluice.it.java.home"), "bin", "jcmd").toString(),
                // unless told otherwise it gives up a JVM that stands still for ten seconds
                "-J-Dsun.tools.attach.attachTimeout=" + Patience.LIMIT.toMillis(), Long.toString(pid)));
        line.addAll(List.of(command));
        Process jcmd = new ProcessBuilder(line).redirectErrorStream(true).start();
        String out = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(out).isZero();
        return out;
    }
}
