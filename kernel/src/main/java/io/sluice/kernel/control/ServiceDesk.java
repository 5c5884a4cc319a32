package io.sluice.kernel.control;

import io.sluice.kernel.config.DefinitionFile;
import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonText;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.JsonString;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.json.PlainValues;
import io.sluice.kernel.plan.Plan;
import io.sluice.kernel.plan.PlanResult;
import io.sluice.kernel.plan.RawService;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.runtime.GatewayRuntime;
import io.sluice.kernel.store.DefinitionStore;
import io.sluice.kernel.store.History;
import io.sluice.spi.control.Change;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.Outcome;
import io.sluice.spi.control.Preview;
import io.sluice.spi.control.Revision;
import io.sluice.spi.control.ServiceControl;
import io.sluice.spi.control.ServiceStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Definitions: read, previewed, changed. Each change is one turn on the control thread, so no two can cross. */
final class ServiceDesk implements ServiceControl {

    private static final Set<String> CONFLICTS = Set.of("conflict", "duplicate_id");

    private static final int LONGEST_SHOWN = 64;

    private final Engine engine;
    private final GatewayRuntime runtime;
    private final DefinitionStore store;
    private final History history;
    private final ConfinedPaths paths;
    private final Map<String, String> environment;

    ServiceDesk(Engine engine, GatewayRuntime runtime, Room room) {
        this.engine = engine;
        this.runtime = runtime;
        this.store = room.store();
        this.history = room.history();
        this.paths = new ConfinedPaths(room.conf());
        this.environment = room.environment();
    }

    @Override
    public List<ServiceStatus> all() {
        return ServiceViews.all(engine.moment(), runtime.problems().all());
    }

    @Override
    public Optional<ServiceStatus> find(String id) {
        return ServiceViews.find(engine.moment(), runtime.problems().all(), id);
    }

    @Override
    public Preview check(String definition) throws ControlRefused {
        JsonValue value;
        try {
            value = JsonReader.read("", definition, Optional.empty());
        } catch (BadJson e) {
            throw invalid("the definition cannot be read", e.problems());
        }
        try {
            JsonObject read = Candidate.one(value);
            String id = new RawService(read, "", idByName(read)).id();
            checkUsable(id, read);
            return engine.inTurn(() -> {
                engine.catchUp();
                try {
                    Proposal proposal = propose(id, definition, read);
                    boolean valid = proposal.errors().isEmpty();
                    return new Preview(valid, Problems.of(proposal.problems()), valid ? proposal.changes() : List.of());
                } catch (BadJson e) {
                    return notValid(e);
                }
            });
        } catch (BadJson e) {
            return notValid(e);
        }
    }

    /** An id that no path could hold is looked up nowhere, neither among files. */
    private static void checkUsable(String id, JsonObject read) throws BadJson {
        if (!Ids.isId(id)) {
            JsonValue written = read.get("api_id") instanceof JsonString own && !own.raw().isEmpty() ? own : read.get("id");
            throw new BadJson(Problem.error("bad_id", written.place(), "api_id: "
                    + JsonText.write(id.substring(0, Math.min(LONGEST_SHOWN, id.length()))) + " is no id " + Ids.EXPECTED,
                    "give it another api_id"));
        }
    }

    private static Preview notValid(BadJson why) {
        return new Preview(false, Problems.of(why.problems()), List.of());
    }

    private static String idByName(JsonObject definition) {
        String slug = definition.get("name") instanceof JsonString text ? DefinitionFile.slug(text.raw()) : "";
        return slug.isEmpty() ? "new" : slug;
    }

    @Override
    public Outcome put(String id, String definition, Order order) throws ControlRefused {
        Ids.check(id);
        try {
            JsonObject read = Candidate.read(definition);
            checkId(id, read);
            return engine.inTurn(() -> put(id, definition, read, order));
        } catch (BadJson e) {
            throw invalid("the definition cannot be read", e.problems());
        }
    }

    /** Where there is an {@code api_id}, {@code id} is something else: definitions of Tyk's have that of a database there. */
    private static void checkId(String id, JsonObject definition) throws ControlRefused {
        for (String field : List.of("api_id", "id")) {
            if (definition.get(field) instanceof JsonString given && !given.raw().isEmpty()) {
                if (!given.raw().equals(id)) {
                    throw invalid("the definition is another service's", List.of(Problem.error("other_id", given.place(),
                            field + ": \"" + given.raw() + "\" (expected: \"" + id + "\", as in the path)",
                            "a service's id cannot be changed: put it under its new id and delete the old one")));
                }
                return;
            }
        }
    }

    private Outcome put(String id, String text, JsonObject read, Order order) throws ControlRefused {
        RawService stored = storedNow(id);
        Expectations.check(order.expectation(), id, stored);
        boolean whole = replacesBroken(stored);
        Proposal proposal;
        try {
            proposal = propose(id, text, read);
        } catch (BadJson e) {
            throw invalid("the definition cannot be read", e.problems());
        }
        List<Problem> errors = proposal.errors();
        if (!errors.isEmpty()) {
            boolean conflict = errors.stream().allMatch(problem -> CONFLICTS.contains(problem.code()));
            throw new ControlRefused(conflict ? Reason.CONFLICT : Reason.INVALID, conflict
                    ? "service " + id + " would take what another one has" : "the definition is not in order",
                    Problems.of(proposal.problems()));
        }
        boolean created = stored == null;
        if (order.mode() == Mode.DRY_RUN) {
            return new Outcome(id, revision(), created, EntityTag.of(proposal.candidate().stored().json()),
                    proposal.changes(), Problems.of(proposal.problems()));
        }
        store(List.of(new DefinitionStore.Edit(id, Optional.ofNullable(stored), Optional.of(proposal.candidate().stored()), whole)),
                proposal.result(), order.author(), (created ? "created " : "changed ") + id);
        return new Outcome(id, revision(), created, find(id).map(ServiceStatus::etag).orElse(""),
                proposal.changes(), Problems.of(withThoseOfRunning(id, proposal.problems())));
    }

    /** And what has come to light now that it runs: its port may be somebody else's. */
    private List<Problem> withThoseOfRunning(String id, List<Problem> planned) {
        List<Problem> all = new ArrayList<>(planned);
        runtime.problems().all().stream().filter(problem -> problem.service().equals(id)).forEach(all::add);
        return all;
    }

    @Override
    public Outcome delete(String id, Order order) throws ControlRefused {
        Ids.check(id);
        return engine.inTurn(() -> {
            RawService stored = storedNow(id);
            Expectations.check(order.expectation(), id, stored);
            if (stored == null) {
                throw new ControlRefused(Reason.UNKNOWN, "there is no service " + id);
            }
            boolean whole = replacesBroken(stored);
            List<RawService> without = new ArrayList<>(engine.moment().definitions());
            without.remove(stored);
            Set<String> replaced = whole ? Set.of(stored.file()) : Set.of();
            PlanResult result = engine.plan(without, replaced);
            List<Change> changes = changes(without, result, replaced);
            List<io.sluice.spi.control.Problem> heirs = Problems.of(heirs(id, without));
            if (order.mode() == Mode.DRY_RUN) {
                return new Outcome(id, revision(), false, "", changes, heirs);
            }
            store(List.of(new DefinitionStore.Edit(id, Optional.of(stored), Optional.empty(), whole)), result, order.author(),
                    "deleted " + id);
            return new Outcome(id, revision(), false, "", changes, heirs);
        });
    }

    /** Other definitions with the id of one that is deleted: they are next. */
    private static List<Problem> heirs(String id, List<RawService> without) {
        return without.stream().filter(raw -> raw.id().equals(id)).map(raw -> Problem.warning("duplicate_id", raw.json().place(),
                "api_id: \"" + id + "\" is used in " + raw.file() + " too: that definition counts from now on (expected: unique)",
                "delete it as well, or give it another api_id").of(id)).toList();
    }

    /**
     * Whether a definition's file cannot be understood, so that a change of it replaces the file as a whole.
     *
     * @throws ControlRefused if others came from that file: they would be lost
     */
    private boolean replacesBroken(RawService stored) throws ControlRefused {
        BrokenFile file = stored == null ? null : engine.moment().broken().get(stored.file());
        if (file == null) {
            return false;
        }
        List<String> others = file.othersThan(stored.id());
        if (others.isEmpty()) {
            return true;
        }
        Place mistake = engine.moment().result().problems("").stream().map(Problem::place)
                .filter(place -> place.file().equals(file.name())).findFirst().orElse(Place.file(file.name()));
        throw new ControlRefused(Reason.CONFLICT, file.name() + " cannot be understood, and so nothing in it can be changed",
                List.of(Problems.of(Problem.error("file_broken", mistake, file.name() + " cannot be understood, and holds others too: "
                        + String.join(", ", others.subList(0, Math.min(10, others.size()))) + (others.size() > 10 ? ", \u2026" : "")
                        + " (expected: a file that can be read as a whole)",
                        "mend the file" + (mistake.line() > 0 ? " at line " + mistake.line() : "")
                                + " where it stands, then try again").of(stored.id()))));
    }

    @Override
    public List<Revision> history() {
        List<Revision> revisions = new ArrayList<>();
        for (History.Entry entry : history.entries()) {
            revisions.add(new Revision(entry.id(), entry.revision(), entry.time(), entry.author(), entry.action(),
                    entry.touched().stream().map(Rollback::shown).toList()));
        }
        Collections.reverse(revisions);
        return revisions;
    }

    @Override
    public Outcome rollback(long change, Order order) throws ControlRefused {
        return engine.inTurn(() -> {
            engine.catchUp();
            Rollback rollback = Rollback.to(change, history, engine.moment(), environment, store);
            PlanResult result = engine.plan(rollback.definitions(), Set.of());
            List<Problem> errors = result.problems().stream()
                    .filter(problem -> problem.isError() && rollback.ids().contains(problem.service())).toList();
            if (!errors.isEmpty()) {
                throw new ControlRefused(Reason.INVALID, "what was then cannot run now", Problems.of(errors));
            }
            List<Change> changes = changes(rollback.definitions(), result, Set.of());
            if (order.mode() == Mode.APPLY) {
                store(rollback.edits(), result, order.author(), "rolled back to change " + change);
            }
            return new Outcome("", revision(), false, "", changes, List.of());
        });
    }

    private void store(List<DefinitionStore.Edit> edits, PlanResult tried, String author, String action) throws ControlRefused {
        boolean announced = announce(edits, author, action);
        Set<String> written;
        try {
            written = store.store(edits);
        } catch (IOException e) {
            if (announced) {
                history.withdraw();
            }
            throw notStored(e);
        }
        engine.stored(written, tried, author, action);
    }

    /**
     * A text that cannot be understood is in the history before it is replaced.
     *
     * @return whether there is one
     * @throws ControlRefused if it cannot be written down: it would be lost
     */
    private boolean announce(List<DefinitionStore.Edit> edits, String author, String action) throws ControlRefused {
        List<History.Touched> replaced = new ArrayList<>();
        for (DefinitionStore.Edit edit : edits) {
            if (edit.whole() && edit.stored().isPresent()) {
                RawService stored = edit.stored().get();
                replaced.add(new History.Touched(edit.id(), text(stored.json()),
                        edit.now().map(now -> text(now.json())).orElse(null), engine.moment().broken().get(stored.file()).text()));
            }
        }
        if (replaced.isEmpty()) {
            return false;
        }
        try {
            history.announce(revision(), author, action, replaced);
            return true;
        } catch (IOException e) {
            throw new ControlRefused(Reason.UNAVAILABLE, "the file cannot be understood, and its text would be lost: the history of"
                    + " changes cannot be written: " + e);
        }
    }

    private static String text(JsonObject definition) {
        return JsonText.write(PlainValues.unexpanded(definition));
    }

    /** What would come of a definition. */
    private record Proposal(Candidate candidate, PlanResult result, List<Problem> problems, List<Change> changes,
            Set<String> rivals) {

        /** What it is refused for; what is wrong with a rival in another file is not that. */
        List<Problem> errors() {
            return problems.stream().filter(problem -> problem.isError() && !rivals.contains(problem.place().file())).toList();
        }
    }

    private Proposal propose(String id, String text, JsonObject read) throws BadJson {
        RawService stored = stored(id);
        Candidate candidate = Candidate.of(id, text, read, stored == null ? null : stored.json(), environment, paths);
        if (!candidate.problems().isEmpty()) {
            return new Proposal(candidate, engine.moment().result(),
                    candidate.problems().stream().map(problem -> problem.of(id)).toList(), List.of(), Set.of());
        }
        List<RawService> definitions = new ArrayList<>(engine.moment().definitions());
        // its problems stand in the request, not in a file
        RawService candidateRaw = new RawService(candidate.json(), stored == null ? store.fileOf(id) : stored.file(), id);
        int at = definitions.indexOf(stored);
        definitions.remove(stored);
        definitions.add(at < 0 ? definitions.size() : at, candidateRaw);
        Set<String> replaced = Set.of(candidateRaw.file());
        PlanResult result = engine.plan(definitions, replaced);
        List<Problem> problems = result.problems().stream().filter(problem -> problem.service().equals(id)
                || problem.service().isEmpty() && problem.isError()).toList();
        // beside one that runs, whoever claims its id is the one to blame
        Set<String> rivals = engine.moment().result().origin(id).isEmpty() ? Set.of() : definitions.stream()
                .filter(raw -> raw.id().equals(id) && !raw.file().equals(candidateRaw.file())).map(RawService::file)
                .collect(Collectors.toSet());
        return new Proposal(candidate, result, problems, changes(definitions, result, replaced), rivals);
    }

    private List<Change> changes(List<RawService> definitions, PlanResult result, Set<String> replaced) {
        Engine.Moment moment = engine.moment();
        List<RawService> lost = moment.lost().stream().filter(raw -> !replaced.contains(raw.file())).toList();
        Set<String> broken = moment.broken().keySet().stream().filter(file -> !replaced.contains(file)).collect(Collectors.toSet());
        Plan now = engine.moment().result().plan();
        return DefinitionDifference.changes(DefinitionDifference.touched(Standing.of(moment),
                Standing.of(result, definitions, lost, broken)), now, result.plan(), new LiveConnections(runtime));
    }

    /** What is stored under an id, as its file has it now; a new id may stand in any file. */
    private RawService storedNow(String id) {
        RawService known = stored(id);
        if (known == null) {
            engine.catchUp();
        } else {
            engine.catchUp(known.file());
        }
        return stored(id);
    }

    private RawService stored(String id) {
        return engine.moment().stored(id).orElse(null);
    }

    private long revision() {
        return engine.moment().result().plan().revision();
    }

    private static ControlRefused invalid(String message, List<Problem> problems) {
        return new ControlRefused(Reason.INVALID, message, Problems.of(problems));
    }

    private static ControlRefused notStored(IOException error) {
        return new ControlRefused(Reason.UNAVAILABLE, "it cannot be stored, and so nothing has changed", List.of(
                Problems.of(Problem.error("not_stored", Place.NONE, "the definition cannot be stored: " + error,
                        "make the folder of definitions writable for the gateway, or edit it where it comes from"))));
    }
}
