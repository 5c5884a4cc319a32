package io.sluice.kernel.cli;

import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;

/**
 * SIGTERM and SIGINT. The first one asks for an orderly stop, the second one ends the process at once.
 *
 * <p>With {@code -Dsluice.stop.with.parent=true} the end of the parent process counts as one: for a gateway that a build
 * tool runs in the foreground.
 *
 * <p>Shutdown hooks would not do: with them the exit code would be the signal's, not ours.
 */
final class StopSignals {

    private final CountDownLatch first = new CountDownLatch(1);

    private StopSignals() {
    }

    static StopSignals install() {
        StopSignals signals = new StopSignals();
        for (String name : new String[] {"TERM", "INT"}) {
            Signal.handle(new Signal(name), signal -> signals.received());
        }
        if (Boolean.getBoolean("sluice.stop.with.parent")) {
            ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(signals::received));
        }
        return signals;
    }

    private void received() {
        if (first.getCount() == 0) {
            Runtime.getRuntime().halt(ExitCode.FAILED);
        }
        first.countDown();
    }

    /** Waits for the first signal. */
    void await() {
        boolean interrupted = true;
        while (interrupted) {
            try {
                first.await();
                interrupted = false;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }
}
