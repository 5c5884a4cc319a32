package io.sluice.kernel.config;

import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.PlainValues;
import io.sluice.spi.config.Required;
import io.sluice.spi.config.Strict;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What of a record's class binding asks about again and again. Kept with the class itself, so a plugin's record is kept as
 * long as its plugin and no longer. Any thread.
 *
 * @param parts       its components, in their order
 * @param names       the JSON names that it knows, in their order
 * @param constructor takes a value for each component
 * @param strict      whether an unknown name is an error
 */
record RecordShape(List<Part> parts, Set<String> names, Constructor<?> constructor, boolean strict) {

    private static final ClassValue<RecordShape> ALL = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return find(type);
        }
    };

    /**
     * A component.
     *
     * @param name     its JSON name
     * @param isSource whether it takes the whole object, so that extensions find their own fields in it
     */
    record Part(RecordComponent component, String name, boolean isSource) {
    }

    static RecordShape of(Class<?> type) {
        return ALL.get(type);
    }

    private static RecordShape find(Class<?> type) {
        List<Part> parts = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            boolean isSource = component.getType() == JsonObject.class && component.getName().equals("source");
            parts.add(new Part(component, PlainValues.name(component), isSource));
            if (!isSource) {
                names.add(PlainValues.name(component));
            }
        }
        return new RecordShape(List.copyOf(parts), Collections.unmodifiableSet(names), constructor(type),
                type.isAnnotationPresent(Strict.class));
    }

    private static Constructor<?> constructor(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be constructed", e);
        }
    }

    /** Whether an absent one can be made of its defaults. */
    boolean requiresNothing() {
        return parts.stream().noneMatch(part -> part.component().isAnnotationPresent(Required.class));
    }
}
