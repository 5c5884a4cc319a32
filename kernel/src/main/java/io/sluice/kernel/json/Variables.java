package io.sluice.kernel.json;

import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.JsonString;
import io.sluice.kernel.json.JsonValue.Member;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** <code>${NAME}</code> and <code>${NAME:-default}</code> in strings; <code>$${</code> is a literal <code>${</code>. */
public final class Variables {

    private static final Pattern VARIABLE = Pattern.compile("\\$(\\$)?\\{(?:([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\\})?");

    private Variables() {
    }

    /** A value that was read without an environment, with the variables in its strings expanded. */
    public static JsonValue expand(JsonValue value, Map<String, String> environment) throws BadJson {
        if (value instanceof JsonObject object) {
            Map<String, Member> members = new LinkedHashMap<>();
            for (Map.Entry<String, Member> member : object.members().entrySet()) {
                members.put(member.getKey(), new Member(member.getValue().keyPlace(),
                        expand(member.getValue().value(), environment)));
            }
            return new JsonObject(object.place(), members);
        }
        if (value instanceof JsonArray array) {
            List<JsonValue> elements = new ArrayList<>();
            for (JsonValue element : array.elements()) {
                elements.add(expand(element, environment));
            }
            return new JsonArray(array.place(), elements);
        }
        return value instanceof JsonString string
                ? new JsonString(string.place(), string.raw(), expand(string.raw(), environment, string.place())) : value;
    }

    static String expand(String text, Map<String, String> environment, Place place) throws BadJson {
        if (!text.contains("${")) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        Matcher matcher = VARIABLE.matcher(text);
        int from = 0;
        while (matcher.find()) {
            out.append(text, from, matcher.start());
            from = matcher.end();
            if (matcher.group(1) != null) {
                out.append(matcher.group().substring(1));
                continue;
            }
            if (matcher.group(2) == null) {
                throw new BadJson(Problem.error("variable", place, "${ without a name and } (expected: ${NAME} or"
                        + " ${NAME:-default})", "write $${ for a literal ${"));
            }
            String value = environment.getOrDefault(matcher.group(2), matcher.group(3));
            if (value == null) {
                throw new BadJson(Problem.error("variable", place, "${" + matcher.group(2) + "} is not set (expected: an"
                        + " environment variable)", "set it, or give a default: ${" + matcher.group(2) + ":-…}"));
            }
            out.append(value);
        }
        return out.append(text, from, text.length()).toString();
    }
}
