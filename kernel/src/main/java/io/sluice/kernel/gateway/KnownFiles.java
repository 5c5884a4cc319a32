package io.sluice.kernel.gateway;

import io.sluice.kernel.config.ConfigText;
import io.sluice.kernel.config.DefinitionBinder;
import io.sluice.kernel.config.DefinitionFile;
import io.sluice.kernel.config.FileMark;
import io.sluice.kernel.control.BrokenFile;
import io.sluice.kernel.plan.RawService;
import io.sluice.kernel.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Files of definitions, each as it was read last, so that whoever changes one of many reads one. The definitions of a
 * file that was not read again are the same objects as before. Used by one thread.
 */
final class KnownFiles {

    private final Function<Path, String> shown;
    private final Map<String, String> environment;
    private final Map<Path, Known> known = new TreeMap<>();

    /**
     * A file at one moment, and what came of it.
     *
     * @param name    the file as shown to people
     * @param mark    what it looked like before it was read
     * @param settled whether the same mark means the same content
     * @param text    its content, as far as it can be shown; {@code null} if it could not be read
     * @param lastGood the definitions that it held when it could be read as a whole for the last time
     * @param ignored fields that are accepted and ignored
     */
    record Known(String name, FileMark mark, boolean settled, String text, boolean readable, List<RawService> definitions,
            List<RawService> lastGood, List<Problem> problems, List<String> ignored) {

        private Known unsettled() {
            return new Known(name, mark, false, text, readable, definitions, lastGood, problems, ignored);
        }

        /** The definitions that it held, and those that can be read now. */
        private List<RawService> held() {
            Map<String, RawService> byId = new LinkedHashMap<>();
            lastGood.forEach(raw -> byId.put(raw.id(), raw));
            definitions.forEach(raw -> byId.put(raw.id(), raw));
            return List.copyOf(byId.values());
        }

        /** The same as a broken file, if its text is there and cannot be understood. */
        Optional<BrokenFile> broken() {
            return readable || text == null ? Optional.empty() : Optional.of(new BrokenFile(name, text, held()));
        }

        /** What is wrong with a file that cannot be read is wrong with the only service that comes from it. */
        private Known withProblemsOfItsService() {
            List<RawService> held = readable ? List.of() : held();
            return held.size() != 1 ? this : new Known(name, mark, settled, text, readable, definitions, lastGood,
                    problems.stream().map(problem -> problem.of(held.get(0).id())).toList(), ignored);
        }
    }

    /**
     * @param shown       how a file is shown to people
     * @param environment what is expanded in texts
     */
    KnownFiles(Function<Path, String> shown, Map<String, String> environment) {
        this.shown = shown;
        this.environment = environment;
    }

    /** The same files with what is known of them, to be read on their own. */
    KnownFiles copy() {
        KnownFiles copy = new KnownFiles(shown, environment);
        copy.known.putAll(known);
        return copy;
    }

    /** Reads a file, unless it is known to be what it was. */
    void read(Path path, FileMark mark) {
        Known before = known.get(path);
        if (before == null || !before.settled() || !before.mark().equals(mark)) {
            readAnew(path, mark);
        }
    }

    /** Reads a file that was just written, whatever it looks like from outside. */
    void readAnew(Path path, FileMark mark) {
        known.put(path, known(path, mark));
    }

    private Known known(Path path, FileMark mark) {
        boolean settled = mark.isSettled(Instant.now());
        String name = shown.apply(path);
        List<Problem> problems = new ArrayList<>();
        String text = null;
        DefinitionFile file;
        try {
            text = ConfigText.read(path);
            file = DefinitionFile.read(name, text, environment, problems::add);
        } catch (IOException e) {
            problems.add(ConfigText.unreadable(name, e));
            text = ConfigText.nearly(e);
            file = DefinitionFile.unreadable(name);
        }
        List<RawService> definitions = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        for (DefinitionFile.Entry entry : file.definitions()) {
            definitions.add(new RawService(entry.json(), name, entry.defaultId()));
            ignored.addAll(DefinitionBinder.ignored(entry.json()));
        }
        List<RawService> lastGood = file.readable() ? definitions : known.containsKey(path) ? known.get(path).lastGood() : List.of();
        return new Known(name, mark, settled && file.readable(), text, file.readable(), definitions, lastGood, problems,
                ignored).withProblemsOfItsService();
    }

    /** Forgets a file. */
    void gone(Path path) {
        known.remove(path);
    }

    /** Forgets all but these. */
    void retain(Collection<Path> paths) {
        known.keySet().retainAll(paths);
    }

    /** Whatever they look like from outside, all of them are read again when asked for. */
    void distrust() {
        known.replaceAll((path, file) -> file.unsettled());
    }

    /** All of them, in the order of their paths. */
    Collection<Known> all() {
        return Collections.unmodifiableCollection(known.values());
    }

    /** The path of a file that is known by its shown name. */
    Optional<Path> path(String name) {
        return known.entrySet().stream().filter(one -> one.getValue().name().equals(name)).map(Map.Entry::getKey).findFirst();
    }
}
