package io.sluice.kernel.control;

import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonText;
import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonNull;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.JsonString;
import io.sluice.kernel.json.JsonValue.Member;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.json.PlainValues;
import io.sluice.kernel.json.Variables;
import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.store.DefinitionStore;
import io.sluice.kernel.store.Masks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A definition that came from outside, made ready to be planned and stored: secrets in place of their masks, its id
 * written into it, no variable that is not stored already, no path that leads out of the folder.
 *
 * @param json     what is planned: variables expanded
 * @param stored   what is stored: the text as it came where that is possible
 * @param problems what is wrong with it so far
 */
record Candidate(JsonObject json, DefinitionStore.Text stored, List<Problem> problems) {

    /** Reads one. */
    static JsonObject read(String text) throws BadJson {
        return one(JsonReader.read("", text, Optional.empty()));
    }

    /** A definition, if it is one at all. */
    static JsonObject one(JsonValue value) throws BadJson {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new BadJson(Problem.error("not_a_definition", value.place(), "no definition (expected: one object in braces)",
                "several definitions are several requests"));
    }

    /**
     * Makes it ready.
     *
     * @param before      the stored definition, or {@code null}
     * @param environment expands the variables that are stored already
     */
    static Candidate of(String id, String text, JsonObject read, JsonObject before, Map<String, String> environment,
            ConfinedPaths paths) throws BadJson {
        List<Problem> problems = new ArrayList<>();
        JsonObject whole = (JsonObject) Masks.unmask(read, before, problems::add);
        boolean verbatim = !Masks.isMasked(read);
        String came = text;
        if (!hasId(whole)) {
            Optional<String> told = WrittenId.into(text, id, whole);
            verbatim &= told.isPresent();
            came = told.orElse(text);
            whole = named(id, whole);
            verbatim = verbatim && means(came, whole);
        }
        ids(read, problems::add);
        variables(whole, before, problems::add);
        problems.addAll(paths.check(whole));
        String written = verbatim ? came : JsonText.pretty(whole);
        JsonObject expanded = problems.isEmpty() ? (JsonObject) Variables.expand(whole, environment) : whole;
        return new Candidate(expanded, new DefinitionStore.Text(whole, written), problems);
    }

    /** Whether a text that something was written into is read as what is meant by it. */
    private static boolean means(String text, JsonObject meant) {
        try {
            return read(text).equals(meant);
        } catch (BadJson e) {
            return false;
        }
    }

    private static boolean hasId(JsonObject definition) {
        return List.of("api_id", "id").stream()
                .anyMatch(field -> definition.get(field) instanceof JsonString given && !given.raw().isEmpty());
    }

    /** An id of another kind would be passed over, and the definition stored under one that nobody asked for. */
    private static void ids(JsonObject definition, Consumer<Problem> problems) {
        for (String field : List.of("api_id", "id")) {
            JsonValue given = definition.get(field);
            if (given != null && !(given instanceof JsonString) && !(given instanceof JsonNull)) {
                problems.accept(Problem.error("type", given.place(), field + ": " + JsonText.write(PlainValues.unexpanded(given))
                        + " (expected: a string)", "write it in double quotes, or leave it out"));
            }
        }
    }

    private static JsonObject named(String id, JsonObject definition) {
        Map<String, Member> members = new LinkedHashMap<>();
        members.put("api_id", new Member(definition.place(), new JsonString(definition.place(), id, id)));
        definition.members().forEach(members::putIfAbsent);
        if (definition.get("api_id") != null) {
            members.put("api_id", new Member(definition.place(), new JsonString(definition.place(), id, id)));
        }
        return new JsonObject(definition.place(), members);
    }

    /** Whoever may write definitions may not read the gateway's environment: a variable must be stored there already. */
    private static void variables(JsonValue value, JsonValue before, Consumer<Problem> problems) {
        if (value instanceof JsonObject object) {
            object.members().forEach((name, member) ->
                    variables(member.value(), before instanceof JsonObject old ? old.get(name) : null, problems));
        } else if (value instanceof JsonArray array) {
            for (int i = 0; i < array.elements().size(); i++) {
                List<JsonValue> old = before instanceof JsonArray many ? many.elements() : List.of();
                JsonValue element = array.elements().get(i);
                // entries may have been added around it
                JsonValue same = old.stream().filter(one -> isSame(one, element)).findFirst()
                        .orElse(i < old.size() ? old.get(i) : null);
                variables(element, same, problems);
            }
        } else if (value instanceof JsonString string && string.raw().replace("$${", "").contains("${")) {
            if (!isSame(before, string)) {
                problems.accept(Problem.error("variable", string.place(), "${…} in a definition that comes by the API"
                        + " (expected: the value itself)", "variables are for files; write $${ for a literal ${"));
            }
        }
    }

    /** Whether two strings say the same, before anything is expanded. */
    private static boolean isSame(JsonValue one, JsonValue other) {
        return one instanceof JsonString left && other instanceof JsonString right && left.raw().equals(right.raw());
    }
}
