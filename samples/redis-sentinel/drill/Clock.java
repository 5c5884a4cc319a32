import java.util.function.BooleanSupplier;

/** Time in milliseconds, and waiting. */
final class Clock {

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
    static void await(long most, String what, BooleanSupplier holds) {
        for (long end = now() + most; !holds.getAsBoolean(); sleep(10)) {
            if (now() > end) {
                throw new IllegalStateException("waited in vain for: " + what);
            }
        }
    }
}
