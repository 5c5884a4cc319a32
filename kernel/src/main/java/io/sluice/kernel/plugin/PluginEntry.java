package io.sluice.kernel.plugin;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Version;

/** One file or folder of a plugins folder, with what the host knows about it. Control thread only. */
final class PluginEntry {

    private final Path file;
    private final boolean own;
    private Optional<Candidate> candidate = Optional.empty();
    private Optional<LoadedGeneration> loaded = Optional.empty();
    private String mark;
    private Set<String> offers = Set.of();
    private String offersOf;
    private PluginState state = PluginState.REJECTED;
    private String reason = "";
    private boolean missing;
    private String name;

    /**
     * @param own whether it is one of the distribution's own
     */
    PluginEntry(Path file, boolean own) {
        this.file = file;
        this.own = own;
    }

    Path file() {
        return file;
    }

    String shown() {
        return file.getFileName().toString();
    }

    boolean isOwn() {
        return own;
    }

    boolean isMissing() {
        return missing;
    }

    void missing(boolean now) {
        missing = now;
    }

    /** Whether the file's content may be another one than before. */
    boolean isMarkedAnew(String now) {
        boolean anew = !now.equals(mark);
        mark = now;
        return anew;
    }

    void vetted(Candidate now) {
        candidate = Optional.of(now);
        name = null;
        reason = "";
    }

    void rejected(PluginState why, String sentence) {
        candidate = Optional.empty();
        to(why, sentence);
    }

    /** Takes what is loaded away; the content is not looked at again until it changes. */
    void unloaded(String sentence) {
        name = plugin().orElse(null);
        loaded = Optional.empty();
        rejected(PluginState.REJECTED, sentence);
    }

    void to(PluginState now, String sentence) {
        state = now;
        reason = sentence;
    }

    PluginState state() {
        return state;
    }

    String reason() {
        return reason;
    }

    Optional<Candidate> candidate() {
        return candidate;
    }

    Optional<LoadedGeneration> loaded() {
        return loaded;
    }

    void loaded(LoadedGeneration generation) {
        loaded = Optional.ofNullable(generation);
        if (generation != null) {
            // its bytes are the framework's from here on
            candidate = candidate.map(Candidate::withoutBundle);
            offers = generation.extensions().stream().map(found -> found.kind().getSimpleName() + " " + found.name())
                    .collect(Collectors.toSet());
            offersOf = generation.hash();
        }
    }

    /** The extensions that the file's present content offers, as far as it was ever loaded. */
    Optional<Set<String>> offers() {
        return candidate.filter(now -> now.hash().equals(offersOf)).map(now -> offers);
    }

    /** The plugin's name, if the file ever said it. */
    Optional<String> plugin() {
        return candidate.map(Candidate::name).or(() -> loaded.map(LoadedGeneration::plugin)).or(() -> Optional.ofNullable(name));
    }

    Version version() {
        return candidate.map(Candidate::version)
                .or(() -> loaded.map(generation -> Version.parseVersion(generation.version())))
                .orElse(Version.emptyVersion);
    }

    /** Whether what is loaded is what the file holds. */
    boolean isUpToDate() {
        return candidate.isEmpty() || loaded.map(LoadedGeneration::hash).equals(candidate.map(Candidate::hash));
    }
}
