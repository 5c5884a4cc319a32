package io.sluice.kernel.listen;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * What a service manager says of the descriptors that it hands over, by the protocol of sd_listen_fds(3). The launcher
 * turns the variables into system properties, so that no process that the gateway starts sees them.
 *
 * @param pid   the process that they are for; empty if that is not said
 * @param names one for each descriptor; empty where there is none
 */
record Inheritance(String pid, List<String> names) {

    /** The first descriptor, SD_LISTEN_FDS_START. */
    static final int FIRST = 3;

    static final String PID = "sluice.listen.pid";
    static final String FDS = "sluice.listen.fds";
    static final String NAMES = "sluice.listen.names";

    private static final int MOST = 65_535;

    Inheritance {
        Objects.requireNonNull(pid, "pid");
        names = List.copyOf(names);
    }

    /**
     * @param property a property's value by its name; {@code null} where there is none
     * @throws IllegalArgumentException if what is said makes no sense; the message says why
     */
    static Inheritance of(UnaryOperator<String> property) {
        String count = property.apply(FDS);
        if (count == null) {
            return new Inheritance("", List.of());
        }
        if (!count.matches("\\d{1,5}") || Integer.parseInt(count) > MOST) {
            throw new IllegalArgumentException("LISTEN_FDS: \"" + count + "\" (expected: a number up to " + MOST + ")");
        }
        List<String> names = new ArrayList<>(Collections.nCopies(Integer.parseInt(count), ""));
        String said = Objects.requireNonNullElse(property.apply(NAMES), "");
        List<String> each = List.of(said.split(":", -1));
        if (each.size() == names.size()) {
            names = each;
        }
        return new Inheritance(Objects.requireNonNullElse(property.apply(PID), ""), names);
    }

    boolean isFor(long process) {
        return pid.equals(Long.toString(process));
    }
}
