package io.sluice.kernel.control;

import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonText;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.Variables;
import io.sluice.kernel.plan.RawService;
import io.sluice.kernel.store.DefinitionStore;
import io.sluice.kernel.store.History;
import io.sluice.spi.control.Change;
import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.Revision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The way back to what all definitions were after an earlier change. */
final class Rollback {

    private final Map<String, RawService> stored = new LinkedHashMap<>();
    private final Map<String, Optional<DefinitionStore.Text>> then = new LinkedHashMap<>();
    private final List<RawService> definitions;
    private final Set<RawService> lost;

    private Rollback(Engine.Moment now) {
        this.definitions = new ArrayList<>(now.definitions());
        this.lost = Set.copyOf(now.lost());
        Standing.of(now).forEach(raw -> stored.put(raw.id(), raw));
    }

    /**
     * @throws ControlRefused if there is no such change, what was then cannot be read now, or it would touch a file that
     *                        cannot be read: what stands there now, nobody knows
     */
    static Rollback to(long change, History history, Engine.Moment now, Map<String, String> environment,
            DefinitionStore store) throws ControlRefused {
        History.Entry entry = history.entries().stream().filter(e -> e.id() == change).findFirst().orElseThrow(() ->
                new ControlRefused(Reason.UNKNOWN, "change " + change + " is not in the history"));
        Rollback rollback = new Rollback(now);
        for (Map.Entry<String, String> definition : history.since(entry).entrySet()) {
            try {
                rollback.set(definition.getKey(), definition.getValue(), environment, store);
            } catch (BadJson e) {
                throw new ControlRefused(Reason.INVALID, "what was then cannot be read now",
                        List.of(Problems.of(e.problem().of(definition.getKey()))));
            }
        }
        rollback.refuseLost();
        return rollback;
    }

    private void refuseLost() throws ControlRefused {
        for (String id : then.keySet()) {
            RawService now = stored.get(id);
            if (now != null && lost.contains(now)) {
                throw new ControlRefused(Reason.IN_USE, "service " + id + " stands in " + now.file()
                        + ", which cannot be read now: mend that file or remove it, then roll back");
            }
        }
    }

    private void set(String id, String text, Map<String, String> environment, DefinitionStore store) throws BadJson {
        RawService now = stored.get(id);
        if (text == null) {
            definitions.remove(now);
            if (now != null) {
                then.put(id, Optional.empty());
            }
            return;
        }
        JsonObject json = (JsonObject) JsonReader.read("", text, Optional.empty());
        RawService back = new RawService((JsonObject) Variables.expand(json, environment),
                now == null ? store.fileOf(id) : now.file(), id);
        if (now != null && now.json().equals(back.json())) {
            return;
        }
        int at = definitions.indexOf(now);
        definitions.remove(now);
        definitions.add(at < 0 ? definitions.size() : at, back);
        then.put(id, Optional.of(new DefinitionStore.Text(json, JsonText.pretty(json))));
    }

    /** All definitions as they would be. */
    List<RawService> definitions() {
        return definitions;
    }

    /** The services that it touches. */
    Set<String> ids() {
        return then.keySet();
    }

    /** What differs. */
    List<DefinitionStore.Edit> edits() {
        return then.entrySet().stream().map(one -> new DefinitionStore.Edit(one.getKey(),
                Optional.ofNullable(stored.get(one.getKey())), one.getValue())).toList();
    }

    /** An entry of the history as operators see it. */
    static Revision.Touched shown(History.Touched touched) {
        try {
            DefinitionDifference.Touched difference = new DefinitionDifference.Touched(touched.service(),
                    parse(touched.before()), parse(touched.after()));
            return new Revision.Touched(touched.service(), difference.kind(), difference.fields());
        } catch (BadJson e) {
            return new Revision.Touched(touched.service(), Change.Kind.CHANGED, List.of());
        }
    }

    private static JsonObject parse(String text) throws BadJson {
        return text == null ? null : (JsonObject) JsonReader.read("", text, Optional.empty());
    }
}
