package io.sluice.kernel.gateway;

import io.sluice.kernel.control.DefinitionDifference;
import io.sluice.kernel.json.JsonText;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.PlainValues;
import io.sluice.kernel.plan.RawService;
import io.sluice.kernel.store.History;
import java.util.List;

/** Writes down how definitions differ from one plan to the next. Used by the control thread only. */
final class HistoryRecorder {

    private final History history;
    private List<RawService> before;

    HistoryRecorder(History history) {
        this.history = history;
    }

    /** These definitions are in effect; the first ones are what there is, not a change. */
    void applied(long revision, List<RawService> definitions, String author, String action) {
        if (before != null) {
            List<History.Touched> touched = DefinitionDifference.touched(before, definitions).stream()
                    .map(one -> new History.Touched(one.id(), text(one.before()), text(one.after()))).toList();
            if (!touched.isEmpty()) {
                history.add(revision, author, action, touched);
            }
        }
        before = definitions;
    }

    private static String text(JsonObject definition) {
        return definition == null ? null : JsonText.write(PlainValues.unexpanded(definition));
    }
}
