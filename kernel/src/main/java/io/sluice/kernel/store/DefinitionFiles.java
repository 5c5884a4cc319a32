package io.sluice.kernel.store;

import io.sluice.kernel.config.DefinitionFile;
import io.sluice.kernel.json.JsonText;
import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.plan.RawService;
import io.sluice.kernel.problem.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Definitions in files: a new one gets a file of its own, {@code <id>.json}; one that stands in a file goes on standing
 * there. A file of several is rewritten as a whole, without its comments; no other file is touched.
 */
public final class DefinitionFiles implements DefinitionStore {

    private final Supplier<Path> folder;
    private final BooleanSupplier isFirst;
    private final Path base;
    private final Function<Path, String> shown;
    private final Map<String, String> environment;

    /**
     * @param folder      the folder of definitions at this moment
     * @param isFirst     whether nothing is known to be stored yet, so that the folder may be made
     * @param base        what shown names are relative to
     * @param shown       how a file is shown to people
     * @param environment for reading files as they were read before
     */
    public DefinitionFiles(Supplier<Path> folder, BooleanSupplier isFirst, Path base, Function<Path, String> shown,
            Map<String, String> environment) {
        this.folder = folder;
        this.isFirst = isFirst;
        this.base = base;
        this.shown = shown;
        this.environment = environment;
    }

    @Override
    public Set<String> store(List<Edit> edits) throws IOException {
        if (!Files.isDirectory(folder.get()) && !isFirst.getAsBoolean()) {
            // a new folder with nothing but these in it would end everything that goes on from the old one
            throw new IOException("the folder of definitions " + shown.apply(folder.get()) + " is gone");
        }
        Map<String, List<Edit>> byFile = new LinkedHashMap<>();
        for (Edit edit : edits) {
            String name = edit.stored().map(RawService::file).orElseGet(() -> fresh(edit.id(), byFile.keySet()));
            byFile.computeIfAbsent(name, file -> new ArrayList<>()).add(edit);
        }
        try (StagedFiles files = new StagedFiles()) {
            for (Map.Entry<String, List<Edit>> one : byFile.entrySet()) {
                stage(one.getKey(), one.getValue(), files);
            }
            files.commit();
        }
        return byFile.keySet();
    }

    @Override
    public String fileOf(String id) {
        return fresh(id, Set.of());
    }

    /** A file that nobody has yet, or is about to have. Ids hold nothing that a path could be made of. */
    private String fresh(String id, Set<String> taken) {
        String name = (id.startsWith(".") ? "_" : "") + id;
        Path file = folder.get().resolve(name + ".json");
        for (int i = 2; Files.exists(file, LinkOption.NOFOLLOW_LINKS) || taken.contains(shown.apply(file)); i++) {
            file = folder.get().resolve(name + "-" + i + ".json");
        }
        return shown.apply(file);
    }

    private void stage(String name, List<Edit> edits, StagedFiles files) throws IOException {
        Path file = base.resolve(name);
        if (Files.exists(file)) {
            // through a link to what it leads to: the link itself belongs to whoever made it
            file = file.toRealPath();
        }
        List<DefinitionFile.Entry> entries = edits.get(0).whole() ? List.of() : entries(file, name);
        // also tells whether one alone is still what it was
        List<JsonValue> rest = entries.isEmpty() ? List.of() : rewritten(name, entries, edits);
        if (entries.size() > 1) {
            if (rest.isEmpty()) {
                files.delete(file);
            } else {
                files.write(file, JsonText.pretty(new JsonArray(Place.NONE, rest)));
            }
        } else if (edits.get(0).now().isPresent()) {
            files.write(file, edits.get(0).now().get().text());
        } else {
            files.delete(file);
        }
    }

    private List<DefinitionFile.Entry> entries(Path file, String name) throws IOException {
        try {
            DefinitionFile read = DefinitionFile.read(name, Files.readString(file), environment, problem -> { });
            if (!read.readable()) {
                throw new IOException(name + " cannot be understood any more");
            }
            return read.definitions();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static List<JsonValue> rewritten(String name, List<DefinitionFile.Entry> entries, List<Edit> edits)
            throws IOException {
        List<Edit> left = new ArrayList<>(edits);
        List<JsonValue> all = new ArrayList<>();
        for (DefinitionFile.Entry entry : entries) {
            RawService there = new RawService(entry.json(), name, entry.defaultId());
            Optional<Edit> edit = left.stream().filter(one -> one.stored().filter(there::equals).isPresent()).findFirst();
            if (edit.isEmpty()) {
                all.add(entry.json());
            } else {
                left.remove(edit.get());
                edit.get().now().ifPresent(now -> all.add(now.json()));
            }
        }
        if (!left.isEmpty()) {
            throw new IOException(name + " has changed in the meantime");
        }
        return all;
    }
}
