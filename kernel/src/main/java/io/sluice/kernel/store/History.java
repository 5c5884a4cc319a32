package io.sluice.kernel.store;

import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonText;
import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonNumber;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.JsonString;
import io.sluice.kernel.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last changes of definitions, each in a file of its own that only the owner may read, because definitions may hold
 * keys. What cannot be written is missing after a restart and no reason to refuse a change. Written by one thread, read by
 * any.
 */
public final class History {

    private static final Logger LOG = LoggerFactory.getLogger(History.class);
    private static final int KEPT = 50;
    /** All are held in memory, and a change of all definitions at once may be large. */
    private static final long MOST_CHARACTERS = 32L * 1024 * 1024;

    private final Path folder;
    private final long mostCharacters;
    private volatile List<Entry> entries = List.of();
    private long number;

    /**
     * A change.
     *
     * @param id       counts the changes, over restarts
     * @param revision of the plan that came of it; plans are numbered anew at each start
     * @param author   who asked for it
     * @param action   what was done
     */
    public record Entry(long id, long revision, Instant time, String author, String action, List<Touched> touched) {
        public Entry {
            touched = List.copyOf(touched);
        }

        private long length() {
            return touched.stream().mapToLong(Touched::length).sum();
        }
    }

    /**
     * A definition that was touched.
     *
     * @param before as JSON text, unexpanded; {@code null} if there was none
     * @param after  the same for afterwards
     * @param broken the text of its file that could not be understood, and that was replaced; {@code null} if there was none
     */
    public record Touched(String service, String before, String after, String broken) {

        /** One whose file could be understood. */
        public Touched(String service, String before, String after) {
            this(service, before, after, null);
        }

        private long length() {
            return Stream.of(before, after, broken).filter(Objects::nonNull).mapToLong(String::length).sum();
        }
    }

    /** Reads what earlier runs left. */
    public History(Path folder) {
        this(folder, MOST_CHARACTERS);
    }

    /**
     * @param mostCharacters of all changes but the last, which is kept however long it is
     */
    History(Path folder, long mostCharacters) {
        this.folder = folder;
        this.mostCharacters = mostCharacters;
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.getFileName().toString().matches("\\d{10}\\.json")).sorted().forEach(this::read);
        } catch (IOException e) {
            LOG.warn("the history of changes cannot be read: {}", e.toString());
        }
    }

    /** The changes, the oldest first. */
    public List<Entry> entries() {
        return entries;
    }

    /**
     * Adds a change that was made now.
     *
     * @return why it could not be written; empty if it was
     */
    public Optional<IOException> add(long revision, String author, String action, List<Touched> touched) {
        number++;
        Entry entry = new Entry(number, revision, Instant.now(), author, action, touched);
        List<Entry> over = keep(entry);
        try {
            write(entry);
            for (Entry old : over) {
                Files.deleteIfExists(folder.resolve(name(old.id())));
            }
        } catch (IOException e) {
            return Optional.of(e);
        }
        return Optional.empty();
    }

    /**
     * Writes down a change that is about to be made, because of what would be lost with it. The next one that is added
     * takes its place; nobody is told of it before.
     *
     * @throws IOException if it cannot be written, and so must not be made
     */
    public void announce(long revision, String author, String action, List<Touched> touched) throws IOException {
        write(new Entry(number + 1, revision, Instant.now(), author, action, touched));
    }

    /** The change that was announced was not made. */
    public void withdraw() {
        try {
            Files.deleteIfExists(folder.resolve(name(number + 1)));
        } catch (IOException e) {
            LOG.warn("the history tells of a change that was not made: {}", e.toString());
        }
    }

    private void write(Entry entry) throws IOException {
        AtomicFile.writeSecret(folder.resolve(name(entry.id())), JsonText.write(entry));
    }

    /** Whoever reads the list goes on with the one that it has. Answers what has no more room in it. */
    private List<Entry> keep(Entry entry) {
        List<Entry> now = new ArrayList<>(entries);
        now.add(entry);
        long length = now.stream().mapToLong(Entry::length).sum();
        int first = 0;
        while (now.size() - first > KEPT || first < now.size() - 1 && length > mostCharacters) {
            length -= now.get(first++).length();
        }
        entries = List.copyOf(now.subList(first, now.size()));
        return now.subList(0, first);
    }

    private static String name(long number) {
        return String.format(Locale.ROOT, "%010d.json", number);
    }

    private void read(Path file) {
        try {
            JsonValue value = JsonReader.read(file.toString(), Files.readString(file), Optional.empty());
            if (value instanceof JsonObject object) {
                keep(new Entry(number(object, "id"), number(object, "revision"), Instant.parse(text(object, "time")),
                        text(object, "author"), text(object, "action"), touched(object)));
            }
        } catch (IOException | BadJson | RuntimeException e) {
            LOG.warn("{} is no entry of the history: {}", file, e.toString());
        }
        number = Math.max(number, Long.parseLong(file.getFileName().toString().substring(0, 10)));
    }

    private static List<Touched> touched(JsonObject entry) {
        List<Touched> touched = new ArrayList<>();
        for (JsonValue one : entry.get("touched") instanceof JsonArray array ? array.elements() : List.<JsonValue>of()) {
            if (one instanceof JsonObject t) {
                touched.add(new Touched(text(t, "service"), text(t, "before"), text(t, "after"), text(t, "broken")));
            }
        }
        return touched;
    }

    private static long number(JsonObject object, String name) {
        return object.get(name) instanceof JsonNumber number ? number.value().longValue() : 0;
    }

    private static String text(JsonObject object, String name) {
        return object.get(name) instanceof JsonString string ? string.raw() : null;
    }

    /** What each definition that has changed since an entry was after it: JSON text, or {@code null} for none. */
    public Map<String, String> since(Entry entry) {
        Map<String, String> then = new LinkedHashMap<>();
        List<Entry> all = entries;
        for (int i = all.size() - 1; i >= 0 && all.get(i) != entry; i--) {
            all.get(i).touched().forEach(touched -> then.put(touched.service(), touched.before()));
        }
        return then;
    }
}
