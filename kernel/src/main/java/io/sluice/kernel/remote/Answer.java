package io.sluice.kernel.remote;

import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.Member;
import io.sluice.kernel.json.JsonValueText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the admin API answered.
 *
 * @param text as it came
 * @param json what it says
 */
public record Answer(String text, JsonObject json) {

    /** Its members, read leniently. */
    public Fields fields() {
        return new Fields(json);
    }

    List<JsonValue> items() {
        return json.get("items") instanceof JsonArray array ? array.elements() : List.of();
    }

    /** The same with other items, and without a next page. */
    Answer with(List<JsonValue> items) {
        Map<String, Member> members = new LinkedHashMap<>(json.members());
        members.remove("next");
        members.put("items", new Member(json.place(), new JsonArray(json.place(), items)));
        JsonObject whole = new JsonObject(json.place(), members);
        return new Answer(JsonValueText.write(whole), whole);
    }
}
