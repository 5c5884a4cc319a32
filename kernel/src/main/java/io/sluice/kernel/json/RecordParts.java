package io.sluice.kernel.json;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/**
 * The components of records as members of JSON objects. Kept with the record's class itself, so a plugin's record is kept
 * as long as its plugin and no longer. Any thread.
 */
final class RecordParts extends ClassValue<List<RecordParts.Part>> {

    private static final RecordParts ALL = new RecordParts();

    /** A component by its JSON name. */
    record Part(String name, Method accessor) {

        Object of(Record record) {
            try {
                return accessor.invoke(record);
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException(accessor + " cannot be read", e);
            }
        }
    }

    private RecordParts() {
    }

    static List<Part> of(Record record) {
        return ALL.get(record.getClass());
    }

    @Override
    protected List<Part> computeValue(Class<?> type) {
        List<Part> parts = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            component.getAccessor().setAccessible(true);
            parts.add(new Part(PlainValues.name(component), component.getAccessor()));
        }
        return List.copyOf(parts);
    }
}
