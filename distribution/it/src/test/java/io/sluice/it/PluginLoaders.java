package io.sluice.it;

import java.io.IOException;

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
        return Jcmd.of(gateway.pid(), "GC.class_histogram");
    }
}
