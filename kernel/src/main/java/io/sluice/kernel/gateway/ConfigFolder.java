package io.sluice.kernel.gateway;

import io.sluice.kernel.config.ConfigText;
import io.sluice.kernel.config.ConfigWatch;
import io.sluice.kernel.config.FileMark;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.control.BrokenFile;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.plan.RawService;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The conf folder: read as a whole, and watched. Used by one thread. */
final class ConfigFolder {

    private final Folders folders;
    private final SettingsFile settings;
    private final KnownFiles known;
    private final ConfigWatch watch = new ConfigWatch(this::watched);
    private volatile Path services;
    /** What was read of the settings, and of the folder of definitions as such. */
    private Frame frame;

    private record Frame(Settings settings, boolean usable, boolean folderReadable, List<Problem> problems) {
    }

    ConfigFolder(Folders folders, Map<String, String> environment) {
        this.folders = folders;
        this.settings = new SettingsFile(folders, environment);
        this.known = new KnownFiles(folders::shown, environment);
        this.services = folders.conf().resolve("services");
    }

    private ConfigFolder(ConfigFolder other) {
        this.folders = other.folders;
        this.settings = other.settings.copy();
        this.known = other.known.copy();
        this.services = other.services;
    }

    /** What would be read now, whatever files look like from outside; what is known here stays what it was. */
    Configuration foreseen() {
        ConfigFolder ahead = new ConfigFolder(this);
        ahead.distrust();
        return ahead.read();
    }

    /** Reads the settings and the definitions that belong to them. */
    Configuration read() {
        Map<Path, FileMark> marks = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        marks.put(settings.path(), FileMark.of(settings.path()));
        boolean usable = settings.read(problems);
        services = folders.conf().resolve(settings.settings().appPath());
        key().ifPresent(file -> marks.put(file, FileMark.of(file)));
        Optional<List<Path>> paths = definitionFiles(problems);
        paths.ifPresent(found -> {
            found.forEach(path -> marks.put(path, FileMark.of(path)));
            known.retain(Set.copyOf(found));
            found.forEach(path -> known.read(path, marks.get(path)));
        });
        watch.read(marks);
        frame = new Frame(settings.settings(), usable, paths.isPresent(), problems);
        return configuration();
    }

    /** Reads the settings, and these files and folders instead of the folder of definitions. */
    Configuration read(List<Path> files) {
        List<Problem> problems = new ArrayList<>();
        boolean usable = settings.read(problems);
        List<Path> paths = new ArrayList<>();
        for (Path file : files) {
            paths.addAll(Files.isDirectory(file) ? definitionsIn(file, problems) : List.of(file));
        }
        paths.forEach(path -> known.read(path, FileMark.of(path)));
        frame = new Frame(settings.settings(), usable, true, problems);
        return configuration();
    }

    /**
     * Reads these files of definitions, which the gateway has written; all else is what it was when it was read. What
     * others have changed in the meantime is found by the next look.
     */
    Configuration readAgain(Set<String> files) {
        if (!frame.folderReadable()) {
            return read();
        }
        for (String name : files) {
            Path file = known.path(name).orElseGet(() -> services.resolve(Path.of(name).getFileName()));
            FileMark mark = FileMark.of(file);
            watch.read(file, mark);
            if (mark.equals(FileMark.ABSENT)) {
                known.gone(file);
            } else {
                known.readAnew(file, mark);
            }
        }
        return configuration();
    }

    private Configuration configuration() {
        List<RawService> definitions = new ArrayList<>();
        Map<String, RawService> lost = new LinkedHashMap<>();
        Set<String> unreadable = new HashSet<>();
        Map<String, BrokenFile> broken = new TreeMap<>();
        Map<String, List<String>> ignored = new TreeMap<>();
        List<Problem> problems = new ArrayList<>(frame.problems());
        for (KnownFiles.Known file : known.all()) {
            if (!frame.folderReadable() || !file.readable()) {
                unreadable.add(file.name());
                file.lastGood().forEach(raw -> lost.putIfAbsent(raw.id(), raw));
            }
            if (frame.folderReadable()) {
                file.broken().ifPresent(one -> broken.put(one.name(), one));
                definitions.addAll(file.definitions());
                problems.addAll(file.problems());
                if (!file.ignored().isEmpty()) {
                    ignored.put(file.name(), file.ignored());
                }
            }
        }
        definitions.forEach(raw -> lost.remove(raw.id()));
        return new Configuration(frame.settings(), frame.usable(), definitions, List.copyOf(lost.values()), unreadable,
                broken, problems, ignored);
    }

    /** The next reading looks at every file again, whatever it looks like from outside. */
    void distrust() {
        known.distrust();
    }

    /** Whether something has changed since the last time that this was {@code true}, and stands still. */
    boolean changed() {
        return watch.changed();
    }

    /** Whether something is other now than it was when it was read. */
    boolean differs() {
        return watch.differs();
    }

    /**
     * The same for one file of definitions and the settings, which say where it belongs, without a look at the other
     * definitions.
     */
    boolean differs(String shown) {
        return watch.differs(settings.path()) || known.path(shown).map(watch::differs).orElse(true);
    }

    /** The folder of definitions. Any thread. */
    Path services() {
        return services;
    }

    /** Whether no definition's file is known. */
    boolean isEmpty() {
        return known.all().isEmpty();
    }

    /** The text of a file that was read, for printing the line that a problem is about. */
    String source(String shown) {
        return shown.equals(settings.name()) ? settings.text()
                : known.all().stream().filter(file -> file.name().equals(shown)).map(KnownFiles.Known::text).findFirst().orElse(null);
    }

    /** Whoever writes another key of the admin API into its file, or the first one, has changed the configuration. */
    private Optional<Path> key() {
        return ConfiguredKey.file(settings.settings(), folders.conf());
    }

    private List<Path> watched() {
        List<Path> files = new ArrayList<>();
        files.add(settings.path());
        key().ifPresent(files::add);
        try {
            files.addAll(list(services));
        } catch (IOException e) {
            // a change: reading the folder finds out what is wrong with it
        }
        return files;
    }

    /** The files; empty when their folder cannot be read, so nobody knows what it holds. */
    private Optional<List<Path>> definitionFiles(List<Problem> problems) {
        JsonValue written = settings.settings().source().get("app_path");
        boolean isNew = known.all().isEmpty();
        String goesOn = "what ran from before goes on";
        Place place = written == null ? Place.file(folders.shown(services)) : written.place();
        if (!Files.isDirectory(services)) {
            if (written == null && isNew) {
                return Optional.of(List.of());
            }
            problems.add(Problem.error("no_definitions_folder", place,
                    "app_path: \"" + settings.settings().appPath() + "\" is no folder below conf/ (expected: the folder of definitions)",
                    isNew ? "make the folder, or correct the name" : goesOn));
            return Optional.empty();
        }
        try {
            return Optional.of(list(services));
        } catch (IOException e) {
            problems.add(Problem.error("no_definitions_folder", place, "app_path: the folder of definitions cannot be read: "
                    + ConfigText.why(e), isNew ? "make it readable for the gateway" : goesOn));
            return Optional.empty();
        }
    }

    private List<Path> definitionsIn(Path folder, List<Problem> problems) {
        String name = folders.shown(folder);
        try {
            List<Path> found = list(folder);
            if (found.isEmpty()) {
                problems.add(Problem.warning("no_definitions", Place.file(name), "the folder holds no definition (expected: files"
                        + " whose names end in .json)", "name the folder or the files that were meant"));
            }
            return found;
        } catch (IOException e) {
            problems.add(ConfigText.unreadable(name, e));
            return List.of();
        }
    }

    private List<Path> list(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, this::isDefinition)) {
                entries.forEach(files::add);
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
            files.sort(null);
        }
        return files;
    }

    private boolean isDefinition(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".json") && !name.startsWith(".") && !file.normalize().equals(settings.path());
    }
}
