package io.sluice.plugins.httpdiscovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Tyk's paths: names joined by dots. A name that meets a list is looked for in each of its elements, and what they hold is
 * the list's; a number that meets a list takes that element, counted from 0.
 */
final class JsonPath {

    private JsonPath() {
    }

    /** What stands there; {@code null} if nothing does. The empty path is the value itself. */
    static Object at(Object value, String path) {
        return path.isEmpty() ? value : at(value, path.split("\\."), 0);
    }

    private static Object at(Object value, String[] steps, int step) {
        if (step == steps.length || value == null) {
            return value;
        }
        if (value instanceof Map<?, ?> object) {
            return at(object.get(steps[step]), steps, step + 1);
        }
        if (!(value instanceof List<?> list)) {
            return null;
        }
        if (steps[step].matches("\\d{1,6}")) {
            int index = Integer.parseInt(steps[step]);
            return index < list.size() ? at(list.get(index), steps, step + 1) : null;
        }
        List<Object> found = new ArrayList<>();
        for (Object element : list) {
            Object inside = at(element, steps, step);
            if (inside instanceof List<?> several) {
                found.addAll(several);
            } else if (inside != null) {
                found.add(inside);
            }
        }
        return found.isEmpty() ? null : found;
    }
}
