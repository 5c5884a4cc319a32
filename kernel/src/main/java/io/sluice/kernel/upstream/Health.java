package io.sluice.kernel.upstream;

import java.util.Locale;

/** What is known of a target's health. */
public enum Health {
    /** Its checks pass. */
    UP,
    /** Its checks fail. */
    DOWN,
    /** It is checked, and there is no result yet. */
    UNKNOWN,
    /** Nothing checks it: counts as healthy. */
    UNCHECKED,
    /** Healthy as far as checks go, but connections to it failed: out for a while. */
    EJECTED;

    /** The word in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
