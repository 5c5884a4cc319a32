package io.sluice.kernel.gateway;

import io.sluice.kernel.config.ConfigText;
import io.sluice.kernel.control.BrokenFile;
import io.sluice.kernel.control.DefinitionDifference;
import io.sluice.kernel.json.JsonText;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.PlainValues;
import io.sluice.kernel.plan.RawService;
import io.sluice.kernel.problem.LiveProblems;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.store.History;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes down how definitions differ from one plan to the next. A file that cannot be read holds what it held before, as
 * far as anybody knows: that is no change. Used by the control thread only.
 */
final class HistoryRecorder {

    private static final String CODE = "history_not_written";

    private final History history;
    private final LiveProblems problems;
    private final String folder;
    /** Files that could not be read since the start. */
    private final Set<String> neverRead = new HashSet<>();
    private List<RawService> before;
    private Map<String, BrokenFile> broken = Map.of();

    /**
     * @param folder   where the history is kept, as shown to people
     * @param problems takes that it cannot be written, while that lasts
     */
    HistoryRecorder(History history, String folder, LiveProblems problems) {
        this.history = history;
        this.folder = folder;
        this.problems = problems;
    }

    /**
     * These definitions are in effect, one for each id; the first ones are what there is, not a change.
     *
     * @param written files that the gateway itself has written: the text of one that was broken is kept
     */
    void applied(long revision, Configuration now, Set<String> written, String author, String action) {
        List<RawService> all = new ArrayList<>(now.definitions());
        all.addAll(now.lost());
        if (before == null) {
            neverRead.addAll(now.unreadable());
        } else {
            // what is read of such a file for the first time was there all the time
            all.stream().filter(raw -> neverRead.contains(raw.file())).forEach(before::add);
            neverRead.retainAll(now.unreadable());
            Map<String, History.Touched> touched = new LinkedHashMap<>();
            DefinitionDifference.touched(before, all).forEach(one ->
                    touched.put(one.id(), new History.Touched(one.id(), text(one.before()), text(one.after()))));
            replaced(now, written).forEach(raw -> {
                String same = text(raw.json());
                touched.compute(raw.id(), (id, change) -> new History.Touched(id, change == null ? same : change.before(),
                        change == null ? same : change.after(), broken.get(raw.file()).text()));
            });
            if (!touched.isEmpty()) {
                history.add(revision, author, action, List.copyOf(touched.values())).ifPresentOrElse(why -> problems.raise(
                        Problem.warning(CODE, Place.file(folder), "the history of changes cannot be written: " + ConfigText.why(why)
                                + " (expected: a folder that the gateway may write)",
                                "make it one: what is changed until then is missing in it after a restart"), ""),
                        () -> problems.clear(CODE, "", ""));
            }
        }
        before = all;
        broken = now.broken();
    }

    /** The definitions in whose place a file's text could not be understood until the gateway wrote another one. */
    private List<RawService> replaced(Configuration now, Set<String> written) {
        return before.stream().filter(raw -> written.contains(raw.file()) && broken.containsKey(raw.file())
                && !now.broken().containsKey(raw.file())).toList();
    }

    private static String text(JsonObject definition) {
        return definition == null ? null : JsonText.write(PlainValues.unexpanded(definition));
    }
}
