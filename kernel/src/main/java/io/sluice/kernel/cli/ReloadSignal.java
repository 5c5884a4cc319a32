package io.sluice.kernel.cli;

import sun.misc.Signal;

/** SIGHUP: files are read now. Where the platform has no such signal, or the JVM keeps it, files are watched all the same. */
final class ReloadSignal {

    private ReloadSignal() {
    }

    static void install(Runnable reload) {
        try {
            Signal.handle(new Signal("HUP"), signal -> reload.run());
        } catch (IllegalArgumentException e) {
            System.getLogger(ReloadSignal.class.getName()).log(System.Logger.Level.DEBUG, "no SIGHUP here: {0}", e.getMessage());
        }
    }
}
