package io.sluice.kernel.control;

import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.ControlRefused;
import java.util.regex.Pattern;

/** Ids that come from outside. None of them can become a path. */
final class Ids {

    static final String EXPECTED = "(expected: 1 to 64 letters, digits, dots, dashes or underscores)";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private Ids() {
    }

    static boolean isId(String id) {
        return ID.matcher(id).matches() && !id.equals(".") && !id.equals("..");
    }

    static void check(String id) throws ControlRefused {
        if (!isId(id)) {
            throw new ControlRefused(Reason.INVALID, "this is no id " + EXPECTED);
        }
    }
}
