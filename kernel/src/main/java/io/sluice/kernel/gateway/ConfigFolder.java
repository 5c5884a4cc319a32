package io.sluice.kernel.gateway;

import io.sluice.kernel.config.Bound;
import io.sluice.kernel.config.ConfigWatch;
import io.sluice.kernel.config.DefinitionBinder;
import io.sluice.kernel.config.DefinitionFile;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.config.SettingsReader;
import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.plan.RawService;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The conf folder: read as a whole, and watched. Used by one thread. */
final class ConfigFolder {

    private static final long LARGEST_FILE = 4L * 1024 * 1024;

    private final Folders folders;
    private final Map<String, String> environment;
    private final Map<String, String> texts = new HashMap<>();
    private Path services;
    private final ConfigWatch watch = new ConfigWatch(this::watched);

    ConfigFolder(Folders folders, Map<String, String> environment) {
        this.folders = folders;
        this.environment = environment;
        this.services = folders.conf().resolve("services");
    }

    /** Reads the settings and the definitions that belong to them. */
    Configuration read() {
        return read(null);
    }

    /** Reads the settings, and these definitions instead of the folder's own. */
    Configuration read(List<Path> files) {
        texts.clear();
        watch.reading();
        List<Problem> problems = new ArrayList<>();
        Bound<Settings> settings = settings(problems);
        Settings usable = settings.value() == null ? SettingsReader.defaults() : settings.value();
        services = folders.conf().resolve(usable.appPath());
        watch.readingMore();
        List<RawService> definitions = new ArrayList<>();
        Set<String> unreadable = new HashSet<>();
        Map<String, List<String>> ignored = new TreeMap<>();
        for (Path path : definitionFiles(files, problems)) {
            DefinitionFile file = definitionFile(path, problems);
            if (!file.readable()) {
                unreadable.add(file.name());
            }
            for (DefinitionFile.Entry entry : file.definitions()) {
                definitions.add(new RawService(entry.json(), file.name(), entry.defaultId()));
                Set<String> http = DefinitionBinder.ignored(entry.json());
                if (!http.isEmpty()) {
                    ignored.computeIfAbsent(file.name(), f -> new ArrayList<>()).addAll(http);
                }
            }
        }
        return new Configuration(usable, settings.valid(), definitions, unreadable, problems, ignored);
    }

    /** Whether something has changed since the last time that this was {@code true}, and stands still. */
    boolean changed() {
        return watch.changed();
    }

    /** The text of a file that was read, for printing the line that a problem is about. */
    String source(String shown) {
        return texts.get(shown);
    }

    private List<Path> watched() {
        List<Path> files = new ArrayList<>(list(services));
        files.add(folders.conf().resolve("sluice.json"));
        return files;
    }

    private Bound<Settings> settings(List<Problem> problems) {
        Path file = folders.conf().resolve("sluice.json");
        if (!Files.exists(file)) {
            return new Bound<>(SettingsReader.defaults(), true);
        }
        String name = folders.shown(file);
        try {
            return SettingsReader.read(JsonReader.read(name, text(file, name), Optional.of(environment)), problems::add);
        } catch (BadJson e) {
            problems.add(e.problem());
        } catch (IOException e) {
            problems.add(unreadable(name, e));
        }
        return new Bound<>(null, false);
    }

    private DefinitionFile definitionFile(Path path, List<Problem> problems) {
        String name = folders.shown(path);
        try {
            return DefinitionFile.read(name, text(path, name), environment, problems::add);
        } catch (IOException e) {
            problems.add(unreadable(name, e));
            return DefinitionFile.unreadable(name);
        }
    }

    private String text(Path file, String name) throws IOException {
        if (Files.size(file) > LARGEST_FILE) {
            throw new IOException("it has " + Files.size(file) + " bytes (expected: at most " + LARGEST_FILE + ")");
        }
        String text = Files.readString(file);
        texts.put(name, text);
        return text;
    }

    private static Problem unreadable(String name, IOException error) {
        String why = error instanceof CharacterCodingException ? "it is not UTF-8 text"
                : error instanceof NoSuchFileException ? "it is not there"
                : error instanceof java.nio.file.AccessDeniedException ? "this user may not read it" : error.getMessage();
        return Problem.error("file_unreadable", Place.file(name), "the file cannot be read: " + why,
                "what ran from it goes on");
    }

    private List<Path> definitionFiles(List<Path> files, List<Problem> problems) {
        if (files == null) {
            return list(services);
        }
        return files.stream().flatMap(file -> Files.isDirectory(file) ? list(file).stream() : Stream.of(file)).toList();
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(ConfigFolder::isDefinition).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean isDefinition(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".json") && !name.startsWith(".");
    }
}
