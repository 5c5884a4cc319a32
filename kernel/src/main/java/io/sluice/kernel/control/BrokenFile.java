package io.sluice.kernel.control;

import io.sluice.kernel.plan.RawService;
import java.util.List;

/**
 * A file of definitions whose text is there and cannot be understood as a whole.
 *
 * @param name the file as shown to people
 * @param text its text
 * @param held the definitions that it held when it could be understood last, and those of it that can be read now
 */
public record BrokenFile(String name, String text, List<RawService> held) {

    public BrokenFile {
        held = List.copyOf(held);
    }

    /** The ids of the others that it holds. */
    List<String> othersThan(String id) {
        return held.stream().map(RawService::id).filter(other -> !other.equals(id)).distinct().toList();
    }

    /** Its text may hold keys. */
    @Override
    public String toString() {
        return name;
    }
}
