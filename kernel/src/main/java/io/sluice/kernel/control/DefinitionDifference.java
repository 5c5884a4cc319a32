package io.sluice.kernel.control;

import io.sluice.kernel.config.Definition.OnServiceRemoved;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.plan.Plan;
import io.sluice.kernel.plan.RawService;
import io.sluice.kernel.plan.ServicePlan;
import io.sluice.spi.control.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How definitions, and what runs because of them, differ between two moments. */
public final class DefinitionDifference {

    private DefinitionDifference() {
    }

    /** Definitions by id, the first of each. */
    public static Map<String, JsonObject> byId(List<RawService> definitions) {
        Map<String, JsonObject> byId = new LinkedHashMap<>();
        definitions.forEach(raw -> byId.putIfAbsent(raw.id(), raw.json()));
        return byId;
    }

    /** The ids whose definitions differ, each with what happened to it and the fields that differ. */
    public static List<Touched> touched(List<RawService> before, List<RawService> after) {
        Map<String, JsonObject> old = byId(before);
        Map<String, JsonObject> now = byId(after);
        List<Touched> touched = new ArrayList<>();
        old.forEach((id, json) -> {
            if (!json.equals(now.get(id))) {
                touched.add(new Touched(id, json, now.get(id)));
            }
        });
        now.forEach((id, json) -> {
            if (!old.containsKey(id)) {
                touched.add(new Touched(id, null, json));
            }
        });
        return touched;
    }

    /**
     * A definition that differs.
     *
     * @param before {@code null} if there was none
     * @param after  {@code null} if there is none
     */
    public record Touched(String id, JsonObject before, JsonObject after) {

        Change.Kind kind() {
            return before == null ? Change.Kind.ADDED : after == null ? Change.Kind.REMOVED : Change.Kind.CHANGED;
        }

        /** The fields that differ: names from the root, joined by dots. */
        List<String> fields() {
            List<String> fields = new ArrayList<>();
            if (before != null && after != null) {
                differ("", before, after, fields);
            }
            return fields;
        }
    }

    private static void differ(String path, JsonObject before, JsonObject after, List<String> fields) {
        Map<String, Object> names = new LinkedHashMap<>(before.members());
        names.putAll(after.members());
        for (String name : names.keySet()) {
            JsonValue one = before.get(name);
            JsonValue other = after.get(name);
            if (one instanceof JsonObject left && other instanceof JsonObject right) {
                differ(path + name + ".", left, right, fields);
            } else if (!Objects.equals(one, other)) {
                fields.add(path + name);
            }
        }
    }

    /** What changes mean for live connections. */
    interface Live {

        /** How many a service has. */
        int of(String service);

        /** How many of a service's would be closed if this became its plan. */
        int refusedBy(ServicePlan next);
    }

    /**
     * The changes as operators see them, those included that a change brings about elsewhere: a rival that may run now, a
     * service that takes other defaults from the settings.
     */
    static List<Change> changes(List<Touched> touched, Plan before, Plan after, Live connections) {
        Map<String, Change> changes = new LinkedHashMap<>();
        for (Touched one : touched) {
            changes.put(one.id(), change(one.id(), one.kind(), one.fields(), before, after, connections));
        }
        before.services().keySet().stream().filter(id -> !after.services().containsKey(id)).forEach(id ->
                changes.putIfAbsent(id, change(id, Change.Kind.REMOVED, List.of(), before, after, connections)));
        after.services().keySet().stream().filter(id -> !before.services().containsKey(id)).forEach(id ->
                changes.putIfAbsent(id, change(id, Change.Kind.ADDED, List.of(), before, after, connections)));
        after.services().entrySet().stream().filter(next -> before.services().containsKey(next.getKey())
                && before.services().get(next.getKey()) != next.getValue()).forEach(next -> changes.putIfAbsent(next.getKey(),
                        change(next.getKey(), Change.Kind.CHANGED, List.of(), before, after, connections)));
        return List.copyOf(changes.values());
    }

    private static Change change(String id, Change.Kind kind, List<String> fields, Plan before, Plan after, Live connections) {
        ServicePlan ran = before.services().get(id);
        ServicePlan next = after.services().get(id);
        if (ran == null || ran == next) {
            return new Change(id, kind, fields, 0, 0);
        }
        int affected = connections.of(id);
        int removed = ran.definition().onServiceRemoved() == OnServiceRemoved.CLOSE ? affected : 0;
        // some may have come or gone between the two looks
        return new Change(id, kind, fields, affected, next == null ? removed : Math.min(affected, connections.refusedBy(next)));
    }
}
