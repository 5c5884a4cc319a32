package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

/** The class loaders of plugins in a gateway's memory. */
final class PluginLoaders {

    private PluginLoaders() {
    }

    /** A full collection, and then how many are left. */
    static long alive(Gateway gateway) throws IOException, InterruptedException {
        return histogram(gateway).lines().filter(line -> line.contains("BundleWiringImpl$BundleClassLoader"))
                .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[1])).sum();
    }

    /** A full collection, and then what is left. */
    static String histogram(Gateway gateway) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(Path.of(System.getProperty("sluice.it.java.home"), "bin", "jcmd").toString(),
                String.valueOf(gateway.pid()), "GC.class_histogram").redirectErrorStream(true).start();
        String histogram = new String(jcmd.getInputStream().readAllBytes());
        assertThat(jcmd.waitFor()).as(histogram).isZero();
        return histogram;
    }
}
