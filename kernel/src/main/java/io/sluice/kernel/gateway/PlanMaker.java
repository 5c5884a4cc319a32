package io.sluice.kernel.gateway;

import io.sluice.kernel.config.ConfigWatch;
import io.sluice.kernel.config.FileMark;
import io.sluice.kernel.config.MaterialFolder;
import io.sluice.kernel.plan.PlanInput;
import io.sluice.kernel.plan.PlanResult;
import io.sluice.kernel.plan.Planner;
import io.sluice.kernel.plan.RawService;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.plugin.Generation;
import io.sluice.kernel.problem.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes plans of what the conf folder and the plugins hold, and knows the one that the next is compared with. Used by the
 * control thread only.
 */
final class PlanMaker {

    private final ConfigFolder config;
    private final StartSettings started;
    private final MaterialFolder materials;
    private final MaterialFolder candidateMaterials;
    private final ConfigWatch materialWatch;
    private Configuration configuration;
    private PlanResult current;
    private Map<Path, FileMark> marks = Map.of();

    PlanMaker(Folders folders, ConfigFolder config, Configuration configuration, StartSettings started) {
        this.config = config;
        this.configuration = configuration;
        this.started = started;
        this.materials = new MaterialFolder(folders.conf());
        this.candidateMaterials = new MaterialFolder(folders.conf());
        this.materialWatch = new ConfigWatch(() -> marks.keySet());
    }

    /** What was read last. */
    Configuration configuration() {
        return configuration;
    }

    /** Reads settings and definitions; bad settings leave those of before in place. */
    void reread() {
        use(config.read());
    }

    /** Reads files that were just written, and of which a plan was made before. */
    void stored(Set<String> files, PlanResult tried) {
        use(config.readAgain(files));
        current = current.knowing(tried);
    }

    private void use(Configuration read) {
        configuration = usable(read);
    }

    private Configuration usable(Configuration read) {
        return read.usable() ? read : read.with(configuration.settings());
    }

    /** What {@link #reread} would make the configuration now. */
    Configuration foreseen() {
        return usable(config.foreseen());
    }

    /** What a plan would be made of with another configuration. */
    PlanInput candidate(ExtensionCatalog catalog, Configuration other, List<Problem> problems) {
        candidateMaterials.planning();
        return new PlanInput(other.settings(), other.definitions(), other.unreadable(), problems, catalog, started.reserved(),
                candidateMaterials, Instant.now());
    }

    /** Whether the next plan may be another one although settings, definitions and plugins are the same. */
    boolean isDue() {
        return materialWatch.changed() || current.holdsUntil().filter(Instant.now()::isAfter).isPresent();
    }

    /** The next plan, which is not the current one yet. */
    PlanResult next(ExtensionCatalog catalog, List<Problem> problems) {
        materials.planning();
        PlanResult result = Planner.plan(new PlanInput(configuration.settings(), configuration.definitions(),
                configuration.unreadable(), problems, catalog, started.reserved(), materials, Instant.now()), current);
        if (!materials.marks().equals(marks)) {
            marks = materials.marks();
        }
        materialWatch.read(marks);
        return result;
    }

    /** What a plan would be made of with other definitions, and these files replaced by what can be read. */
    PlanInput candidate(ExtensionCatalog catalog, List<RawService> definitions, Set<String> replaced) {
        candidateMaterials.planning();
        Set<String> unreadable = new HashSet<>(configuration.unreadable());
        unreadable.removeAll(replaced);
        return new PlanInput(configuration.settings(), definitions, unreadable, List.of(), catalog,
                started.reserved(), candidateMaterials, Instant.now());
    }

    /** The plan that the next one is compared with; {@code null} before the first. */
    PlanResult current() {
        return current;
    }

    /** This plan is in effect. */
    void made(PlanResult result) {
        current = result;
    }

    /** The next plan keeps nothing that runs through these. */
    void forget(Set<Generation> gone) {
        current = current.without(gone);
    }

    /** The files of services that the last plan read, as they looked then. */
    Map<Path, FileMark> marks() {
        return marks;
    }

    /** The files of services that the last plan read, each with a word for its contents; empty if it cannot be read. */
    Map<Path, Optional<String>> materials() {
        return marks.keySet().stream().collect(Collectors.toMap(file -> file, materials::readable));
    }
}
