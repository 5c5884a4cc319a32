package io.sluice.kernel.cli;

import sun.misc.Signal;

/**
 * SIGHUP: files are read now. Where the platform has no such signal, or the JVM keeps it, files are watched all the same.
 * Taken before the gateway starts, because until then it would end the process.
 */
final class ReloadSignal {

    /** What is just starting reads its files anyhow. */
    private volatile Runnable reload = () -> { };

    private ReloadSignal() {
    }

    static ReloadSignal install() {
        ReloadSignal signals = new ReloadSignal();
        try {
            Signal.handle(new Signal("HUP"), signal -> signals.reload.run());
        } catch (IllegalArgumentException e) {
            System.getLogger(ReloadSignal.class.getName()).log(System.Logger.Level.DEBUG, "no SIGHUP here: {0}", e.getMessage());
        }
        return signals;
    }

    /** What it does from now on. */
    void does(Runnable now) {
        reload = now;
    }
}
