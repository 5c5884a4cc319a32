package io.sluice.kernel.config;

import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.JsonString;
import io.sluice.kernel.problem.FirstProblems;
import io.sluice.kernel.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One file of definitions: an object, or an array of objects.
 *
 * @param name        the file as shown to people
 * @param readable    whether it could be read as a whole
 * @param definitions what stands in it
 */
public record DefinitionFile(String name, boolean readable, List<Entry> definitions) {

    /**
     * One definition.
     *
     * @param json      the object
     * @param defaultId its id if it names none: a slug of its name, else of the file's name
     */
    public record Entry(JsonObject json, String defaultId) {
    }

    /** Reads a file's text. */
    public static DefinitionFile read(String name, String text, Map<String, String> environment,
            Consumer<Problem> problems) {
        try {
            return of(name, JsonReader.read(name, text, Optional.of(environment)), problems);
        } catch (BadJson e) {
            e.problems().forEach(problems);
            return unreadable(name);
        }
    }

    /** A file that cannot be read. */
    public static DefinitionFile unreadable(String name) {
        return new DefinitionFile(name, false, List.of());
    }

    private static DefinitionFile of(String name, JsonValue root, Consumer<Problem> heard) {
        FirstProblems problems = new FirstProblems();
        List<JsonValue> values = root instanceof JsonArray array ? array.elements() : List.of(root);
        List<Entry> entries = new ArrayList<>();
        boolean readable = true;
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) instanceof JsonObject object) {
                entries.add(new Entry(object, defaultId(object, name, root instanceof JsonArray ? i + 1 : 0)));
            } else {
                readable = false;
                problems.accept(Problem.error("not_a_definition", values.get(i).place(),
                        Scalars.shown("", values.get(i)) + " is no definition (expected: an object, or an array of objects)",
                        "a definition stands in braces"));
            }
        }
        problems.all().forEach(heard);
        return new DefinitionFile(name, readable, entries);
    }

    private static String defaultId(JsonObject object, String file, int index) {
        if (object.get("name") instanceof JsonString text && !slug(text.text()).isEmpty()) {
            return slug(text.text());
        }
        String base = slug(file.substring(file.lastIndexOf('/') + 1).replaceAll("\\.json$", ""));
        return index == 0 ? base : base + "-" + index;
    }

    /** A text as an id, perhaps empty: what is no letter, digit, dot, dash or underscore becomes a dash. */
    public static String slug(String text) {
        String slug = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-").replaceAll("^[-.]+|[-.]+$", "");
        return slug.length() > 64 ? slug.substring(0, 64) : slug;
    }
}
