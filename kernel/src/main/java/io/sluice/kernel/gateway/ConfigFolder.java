package io.sluice.kernel.gateway;

import io.sluice.kernel.config.Bound;
import io.sluice.kernel.config.ConfigWatch;
import io.sluice.kernel.config.DefinitionBinder;
import io.sluice.kernel.config.DefinitionFile;
import io.sluice.kernel.config.FileMark;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.config.SettingsReader;
import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.plan.RawService;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

    private static final int LARGEST_FILE = 4 * 1024 * 1024;
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final Folders folders;
    private final Map<String, String> environment;
    private final Map<String, String> texts = new HashMap<>();
    private final Set<String> before = new HashSet<>();
    private final Map<Path, Parsed> known = new HashMap<>();
    private volatile Path services;
    private boolean hadSettings;
    private Settings lastGood;
    private final ConfigWatch watch = new ConfigWatch(this::watched);

    /** A file at one moment, and what came of it. */
    private record Parsed(String mark, boolean settled, DefinitionFile file, List<Problem> problems, String text) {
    }

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
        if (settings.valid()) {
            lastGood = settings.value();
        }
        Settings usable = lastGood != null ? lastGood
                : settings.value() != null ? settings.value() : SettingsReader.unknown();
        services = folders.conf().resolve(usable.appPath());
        watch.readingMore();
        List<RawService> definitions = new ArrayList<>();
        Set<String> unreadable = new HashSet<>();
        Map<String, List<String>> ignored = new TreeMap<>();
        List<Path> paths = definitionFiles(files, usable, problems);
        if (paths == null) {
            unreadable.addAll(before);
            paths = List.of();
        } else if (files == null) {
            before.clear();
            known.keySet().retainAll(Set.copyOf(paths));
        }
        for (Path path : paths) {
            DefinitionFile file = known(path, problems);
            before.add(file.name());
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

    /** The next reading looks at every file again, whatever it looks like from outside. */
    void forget() {
        known.clear();
    }

    /** Whether something has changed since the last time that this was {@code true}, and stands still. */
    boolean changed() {
        return watch.changed();
    }

    /** Whether something is other now than it was when it was read. */
    boolean differs() {
        return watch.differs();
    }

    /** The folder of definitions. Any thread. */
    Path services() {
        return services;
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
        String name = folders.shown(file);
        if (!Files.exists(file) && hadSettings) {
            problems.add(Problem.error("file_unreadable", Place.file(name), "the settings file is gone",
                    "the settings of before go on: put it back, or start anew to run with the defaults"));
            return new Bound<>(null, false);
        }
        if (!Files.exists(file)) {
            return new Bound<>(SettingsReader.defaults(), true);
        }
        hadSettings = true;
        try {
            return SettingsReader.read(JsonReader.read(name, text(file, name), Optional.of(environment)), problems::add);
        } catch (BadJson e) {
            problems.add(e.problem());
        } catch (IOException e) {
            problems.add(unreadable(name, e));
        }
        return new Bound<>(null, false);
    }

    /**
     * A file as it is, read again only if it looks different, or has changed so lately that a second change might look the
     * same.
     */
    private DefinitionFile known(Path path, List<Problem> problems) {
        String mark = FileMark.of(path);
        Parsed parsed = known.get(path);
        if (parsed == null || !parsed.mark().equals(mark) || !parsed.settled()) {
            boolean settled = isSettled(path);
            List<Problem> own = new ArrayList<>();
            DefinitionFile file = definitionFile(path, own);
            parsed = new Parsed(mark, settled && file.readable(), file, own, texts.get(folders.shown(path)));
            known.put(path, parsed);
        } else {
            texts.put(parsed.file().name(), parsed.text());
        }
        problems.addAll(parsed.problems());
        return parsed.file();
    }

    private static boolean isSettled(Path path) {
        try {
            return Files.getLastModifiedTime(path).toInstant().isBefore(Instant.now().minus(SETTLED));
        } catch (IOException e) {
            return false;
        }
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
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(Files.isDirectory(file) ? "it is a folder" : "it is no regular file");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST_FILE + 1);
        }
        if (bytes.length > LARGEST_FILE) {
            throw new IOException("it has " + Files.size(file) + " bytes (expected: at most " + LARGEST_FILE + ")");
        }
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
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

    /** The files; {@code null} when their folder cannot be read, so nobody knows what it holds. */
    private List<Path> definitionFiles(List<Path> files, Settings settings, List<Problem> problems) {
        if (files == null && !Files.isDirectory(services)) {
            JsonValue written = settings.source().get("app_path");
            if (written == null && before.isEmpty()) {
                return List.of();
            }
            problems.add(Problem.error("no_definitions_folder",
                    written == null ? Place.file(folders.shown(services)) : written.place(),
                    "app_path: \"" + settings.appPath() + "\" is no folder below conf/ (expected: the folder of definitions)",
                    before.isEmpty() ? "make the folder, or correct the name" : "what ran from before goes on"));
            return null;
        }
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
