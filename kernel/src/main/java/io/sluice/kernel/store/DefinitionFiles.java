package io.sluice.kernel.store;

import io.sluice.kernel.config.DefinitionFile;
import io.sluice.kernel.json.JsonText;
import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.plan.RawService;
import io.sluice.kernel.problem.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Definitions in files: a new one gets a file of its own, {@code <id>.json}; one that stands in a file goes on standing
 * there. A file of several is rewritten as a whole, without its comments; no other file is touched.
 */
public final class DefinitionFiles implements DefinitionStore {

    private final Supplier<Path> folder;
    private final Path base;
    private final Function<Path, String> shown;
    private final Map<String, String> environment;

    /**
     * @param folder      the folder of definitions at this moment
     * @param base        what shown names are relative to
     * @param shown       how a file is shown to people
     * @param environment for reading files as they were read before
     */
    public DefinitionFiles(Supplier<Path> folder, Path base, Function<Path, String> shown, Map<String, String> environment) {
        this.folder = folder;
        this.base = base;
        this.shown = shown;
        this.environment = environment;
    }

    @Override
    public void put(String id, RawService stored, Text definition) throws IOException {
        if (stored == null) {
            AtomicFile.write(fresh(id), definition.text());
            return;
        }
        Path file = file(stored);
        List<DefinitionFile.Entry> entries = entries(file, stored.file());
        if (entries.size() <= 1) {
            AtomicFile.write(file, definition.text());
        } else {
            rewrite(file, entries, stored, definition.json());
        }
    }

    @Override
    public void delete(RawService stored) throws IOException {
        Path file = file(stored);
        List<DefinitionFile.Entry> entries = entries(file, stored.file());
        if (entries.size() <= 1) {
            AtomicFile.delete(file);
        } else {
            rewrite(file, entries, stored, null);
        }
    }

    @Override
    public String fileOf(String id) {
        return shown.apply(fresh(id));
    }

    /** A file that nobody has yet. Ids hold nothing that a path could be made of. */
    private Path fresh(String id) {
        Path file = folder.get().resolve(id + ".json");
        if (id.startsWith(".")) {
            file = folder.get().resolve("_" + id + ".json");
        }
        for (int i = 2; Files.exists(file, java.nio.file.LinkOption.NOFOLLOW_LINKS); i++) {
            file = folder.get().resolve(id + "-" + i + ".json");
        }
        return file;
    }

    /** Through a link to what it leads to: the link itself belongs to whoever made it. */
    private Path file(RawService stored) throws IOException {
        Path file = base.resolve(stored.file());
        return Files.exists(file) ? file.toRealPath() : file;
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

    private static void rewrite(Path file, List<DefinitionFile.Entry> entries, RawService stored, JsonObject now)
            throws IOException {
        List<JsonValue> all = new ArrayList<>();
        boolean found = false;
        for (DefinitionFile.Entry entry : entries) {
            if (!found && entry.json().equals(stored.json()) && entry.defaultId().equals(stored.defaultId())) {
                found = true;
                if (now != null) {
                    all.add(now);
                }
            } else {
                all.add(entry.json());
            }
        }
        if (!found) {
            throw new IOException(stored.file() + " has changed in the meantime");
        }
        AtomicFile.write(file, JsonText.pretty(new JsonArray(Place.NONE, all)));
    }
}
