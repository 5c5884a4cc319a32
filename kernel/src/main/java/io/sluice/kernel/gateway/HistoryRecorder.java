package io.sluice.kernel.gateway;

import io.sluice.kernel.control.DefinitionDifference;
import io.sluice.kernel.json.JsonText;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.PlainValues;
import io.sluice.kernel.plan.RawService;
import io.sluice.kernel.store.History;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes down how definitions differ from one plan to the next. A file that cannot be read holds what it held before, as
 * far as anybody knows: that is no change. Used by the control thread only.
 */
final class HistoryRecorder {

    private final History history;
    /** Files that could not be read since the start. */
    private final Set<String> neverRead = new HashSet<>();
    private List<RawService> before;

    HistoryRecorder(History history) {
        this.history = history;
    }

    /** These definitions are in effect; the first ones are what there is, not a change. */
    void applied(long revision, Configuration now, String author, String action) {
        List<RawService> all = new ArrayList<>(now.definitions());
        all.addAll(now.lost());
        if (before == null) {
            neverRead.addAll(now.unreadable());
        } else {
            // what is read of such a file for the first time was there all the time
            all.stream().filter(raw -> neverRead.contains(raw.file())).forEach(before::add);
            neverRead.retainAll(now.unreadable());
            List<History.Touched> touched = DefinitionDifference.touched(before, all).stream()
                    .map(one -> new History.Touched(one.id(), text(one.before()), text(one.after()))).toList();
            if (!touched.isEmpty()) {
                history.add(revision, author, action, touched);
            }
        }
        before = all;
    }

    private static String text(JsonObject definition) {
        return definition == null ? null : JsonText.write(PlainValues.unexpanded(definition));
    }
}
