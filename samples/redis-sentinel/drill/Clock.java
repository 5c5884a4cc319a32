import java.util.function.BooleanSupplier;

/** Time in milliseconds, and waiting. */
final class Clock {

    /** For what is not measured: a machine may be busy, and stand still for seconds. */
    private static final long PATIENCE = 180_000;

    private Clock() {
    }

    static long now() {
        return System.nanoTime() / 1_000_000;
    }

    static void sleep(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until something holds, and gives the drill up if it never does. */
    static void await(String what, BooleanSupplier holds) {
        for (long end = now() + PATIENCE; !holds.getAsBoolean(); sleep(10)) {
            if (now() > end) {
                throw new IllegalStateException("waited in vain for: " + what);
            }
        }
    }
}
