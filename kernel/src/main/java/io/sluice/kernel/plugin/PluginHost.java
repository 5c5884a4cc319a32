package io.sluice.kernel.plugin;

import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is loaded in step with the plugins folders. Nothing that is in use is ever updated or uninstalled: a new
 * content is loaded beside the old one, offered to the next plan, and the old one ends when its last user has.
 *
 * <p>All methods are for one control thread; generations are released from any thread.
 */
public final class PluginHost implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PluginHost.class);
    private static final long FIRST_LOOK_MILLIS = 100;

    private final Path ownFolder;
    private final PluginFiles files;
    private final Vetting vetting;
    private final OsgiFramework framework;
    private final Map<Path, PluginEntry> entries = new TreeMap<>();
    private final List<LoadedGeneration> draining = new ArrayList<>();
    private final Map<String, Long> generations = new HashMap<>();
    private final ConcurrentLinkedQueue<LoadedGeneration> ended = new ConcurrentLinkedQueue<>();
    private final LeakWatch leaks = new LeakWatch();
    private SnapshotCatalog catalog = SnapshotCatalog.of(List.of(), List.of(), new HashMap<>());
    private boolean first = true;

    private PluginHost(List<Path> folders, OsgiFramework framework, SystemPackages packages) {
        this.ownFolder = folders.get(0);
        this.files = new PluginFiles(folders);
        this.vetting = new Vetting(packages);
        this.framework = framework;
    }

    /**
     * Starts the framework; loads nothing yet.
     *
     * @param folders the plugins folders, the distribution's own first
     * @param work    a folder that the host may fill and clear
     */
    public static PluginHost start(List<Path> folders, Path work) {
        SystemPackages packages = SystemPackages.ofClassPath();
        SharedStatics.initialise();
        return new PluginHost(folders, OsgiFramework.start(work.resolve("framework"), packages), packages);
    }

    /** What is offered now. */
    public ExtensionCatalog catalog() {
        return catalog;
    }

    /**
     * Looks at the folders and loads what is new.
     *
     * @return whether the catalog is another one than before
     */
    public boolean scan() {
        reap();
        PluginFiles.Look look = files.look();
        if (first && !look.moving().isEmpty()) {
            pause();
            look = files.look();
        }
        first = false;
        look.marks().forEach(this::vet);
        for (PluginEntry entry : entries.values()) {
            entry.missing(!look.marks().containsKey(entry.file()) && !look.moving().contains(entry.file()));
        }
        dropUnusedMissing();
        byPlugin().values().forEach(this::settleOn);
        return publish();
    }

    private void vet(Path file, String mark) {
        PluginEntry entry = entries.computeIfAbsent(file, f -> new PluginEntry(f, f.getParent().equals(ownFolder)));
        if (entry.isMarkedAnew(mark)) {
            try {
                entry.vetted(vetting.vet(file));
            } catch (Rejected e) {
                entry.rejected(PluginState.REJECTED, e.getMessage());
            }
        }
    }

    private void dropUnusedMissing() {
        for (Iterator<PluginEntry> all = entries.values().iterator(); all.hasNext();) {
            PluginEntry entry = all.next();
            if (entry.isMissing() && entry.loaded().map(LoadedGeneration::users).orElse(0L) == 0) {
                entry.loaded().ifPresent(this::drain);
                all.remove();
            }
        }
    }

    /** The entries of each plugin, the one that should serve first. */
    private Map<String, List<PluginEntry>> byPlugin() {
        return entries.values().stream().filter(entry -> entry.plugin().isPresent())
                .sorted(Comparator.comparing(PluginEntry::isMissing)
                        .thenComparing(PluginEntry::version, Comparator.reverseOrder())
                        .thenComparing(entry -> !entry.isOwn())
                        .thenComparing(PluginEntry::shown))
                .collect(Collectors.groupingBy(entry -> entry.plugin().get(), LinkedHashMap::new, Collectors.toList()));
    }

    private void settleOn(List<PluginEntry> all) {
        keepOwn(all);
        List<PluginEntry> rivals = all.stream().filter(entry -> entry.plugin().isPresent()).toList();
        PluginEntry serving = null;
        for (PluginEntry entry : rivals) {
            if (serving == null && serves(entry)) {
                serving = entry;
            } else if (serving != null) {
                supersede(entry, serving);
            }
        }
    }

    /**
     * A dropped plugin with the name of one of the distribution's serves instead of it only if it offers all that that
     * one does: so no dropped jar can take an extension away.
     */
    private void keepOwn(List<PluginEntry> rivals) {
        Optional<PluginEntry> own = rivals.stream().filter(PluginEntry::isOwn).findFirst();
        if (own.isEmpty() || rivals.get(0).isOwn()) {
            return;
        }
        Set<String> needed = offers(own.get());
        for (PluginEntry dropped : rivals) {
            Set<String> lacking = new TreeSet<>(needed);
            lacking.removeAll(dropped.isOwn() ? needed : offers(dropped));
            if (!lacking.isEmpty()) {
                dropped.loaded().ifPresent(this::drain);
                dropped.loaded(null);
                dropped.rejected(PluginState.REJECTED, dropped.shown() + " has the name of " + own.get().shown()
                        + ", but does not offer " + String.join(", ", lacking));
            }
        }
    }

    private Set<String> offers(PluginEntry entry) {
        if (entry.offers().isEmpty()) {
            serves(entry);
        }
        return entry.offers().orElse(Set.of());
    }

    private boolean serves(PluginEntry entry) {
        if (!entry.isUpToDate()) {
            load(entry);
        }
        if (entry.loaded().isPresent() && entry.isMissing()) {
            entry.to(PluginState.MISSING_FILE, entry.shown() + " is gone, but in use: the loaded copy goes on");
        } else if (entry.loaded().isPresent() && entry.candidate().isPresent()) {
            entry.to(PluginState.ACTIVE, "");
        }
        return entry.loaded().isPresent();
    }

    private void load(PluginEntry entry) {
        try {
            if (entry.candidate().orElseThrow().bundle().length == 0) {
                // it was loaded before, and is wanted again
                entry.vetted(vetting.vet(entry.file()));
            }
            Candidate candidate = entry.candidate().orElseThrow();
            long number = generations.merge(candidate.name(), 1L, Long::sum);
            var bundle = framework.install("sluice:" + candidate.name() + "#" + number, candidate.bundle(), entry.shown());
            LoadedGeneration generation = generation(candidate, number, bundle, entry.shown());
            entry.loaded().ifPresent(this::drain);
            entry.loaded(generation);
            LOG.info("plugin {} is loaded from {}", generation, entry.shown());
        } catch (Rejected e) {
            LOG.debug("{} does not work", entry.shown(), e);
            entry.rejected(PluginState.FAILED, e.getMessage());
        }
    }

    private LoadedGeneration generation(Candidate candidate, long number, Bundle bundle,
            String shown) throws Rejected {
        try {
            // a bundle that registers nothing itself may announce its extensions as a plain jar does
            if (candidate.plain() || bundle.getRegisteredServices() == null) {
                ServiceFiles.register(bundle, shown);
            }
            LoadedGeneration[] made = new LoadedGeneration[1];
            made[0] = new LoadedGeneration(candidate, number, shown, bundle, ServiceFiles.find(bundle, shown),
                    () -> ended.add(made[0]));
            return made[0];
        } catch (Rejected e) {
            OsgiFramework.uninstall(bundle);
            throw e;
        }
    }

    private void supersede(PluginEntry entry, PluginEntry serving) {
        entry.loaded().ifPresent(this::drain);
        entry.loaded(null);
        boolean twin = entry.version().equals(serving.version())
                && !entry.candidate().map(Candidate::hash).equals(serving.candidate().map(Candidate::hash));
        if (twin) {
            entry.to(PluginState.REJECTED, entry.shown() + " has the name and the version of " + serving.shown()
                    + " (" + entry.plugin().orElse("") + " " + entry.version() + ")");
        } else {
            entry.to(PluginState.SUPERSEDED, serving.shown() + " serves");
        }
    }

    private void drain(LoadedGeneration generation) {
        draining.add(generation);
    }

    private boolean publish() {
        List<LoadedGeneration> serving = entries.values().stream().filter(entry -> entry.loaded().isPresent())
                .sorted(Comparator.comparing((PluginEntry entry) -> !entry.isOwn()).thenComparing(PluginEntry::shown))
                .map(entry -> entry.loaded().get()).toList();
        Map<LoadedGeneration, String> conflicts = new HashMap<>();
        SnapshotCatalog next = SnapshotCatalog.of(serving, List.of(), conflicts);
        entries.values().stream().filter(entry -> !entry.isMissing()).forEach(entry -> entry.loaded().map(conflicts::get)
                .ifPresent(sentence -> entry.to(PluginState.CONFLICT, sentence)));
        next = next.with(problems());
        boolean differs = !next.generations().equals(catalog.generations())
                || !next.problems().equals(catalog.problems());
        if (differs) {
            catalog = next;
        }
        return differs;
    }

    private List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        for (PluginEntry entry : entries.values()) {
            Place place = Place.file(entry.file().toString());
            switch (entry.state()) {
                case REJECTED -> problems.add(Problem.error("plugin_rejected", place, entry.reason(), nextStep(entry)));
                case FAILED -> problems.add(Problem.error("plugin_failed", place, entry.reason(), nextStep(entry)));
                case CONFLICT -> problems.add(Problem.warning("plugin_conflict", place, entry.reason(),
                        "remove one of the two plugins"));
                case MISSING_FILE -> problems.add(Problem.warning("plugin_missing_file", place, entry.reason(),
                        "put the file back, or unload the plugin"));
                default -> { }
            }
        }
        leaks.leaked().forEach(generation -> problems.add(Problem.warning("plugin_leak", Place.NONE,
                "plugin " + generation + " has ended, but something still holds its classes",
                "a thread or a static field of the plugin, or a thread local, keeps them in memory")));
        return problems;
    }

    private static String nextStep(PluginEntry entry) {
        String step = "put a jar that works in its place, or remove it";
        return entry.loaded().map(generation -> step + "; " + generation + " goes on until then").orElse(step);
    }

    /**
     * Says that the plan made from a catalog is in effect, so what it does not offer is no longer needed for new
     * connections.
     */
    public void settled(ExtensionCatalog applied) {
        var offered = ((SnapshotCatalog) applied).generations();
        draining.stream().filter(generation -> !offered.contains(generation)).forEach(LoadedGeneration::withdraw);
    }

    /**
     * Stops offering a plugin until its file changes, whoever uses it.
     *
     * @return what was loaded of it; empty if there is no such plugin
     */
    public Set<Generation> unload(String plugin) {
        Set<Generation> gone = new HashSet<>();
        for (PluginEntry entry : entries.values()) {
            if (entry.loaded().filter(generation -> generation.plugin().equals(plugin)).isPresent()) {
                gone.add(entry.loaded().get());
                entry.loaded().ifPresent(this::drain);
                entry.unloaded(entry.shown() + " was unloaded; it is loaded again when the file changes");
            }
        }
        draining.stream().filter(generation -> generation.plugin().equals(plugin)).forEach(gone::add);
        publish();
        return gone;
    }

    /** Uninstalls the generations that have ended. */
    private void reap() {
        for (LoadedGeneration generation = ended.poll(); generation != null; generation = ended.poll()) {
            draining.remove(generation);
            leaks.add(generation);
            OsgiFramework.uninstall(generation.bundle());
            LOG.info("plugin {} has ended", generation);
        }
    }

    /** The class loaders of ended generations that are still in memory. */
    int classLoadersAlive() {
        return leaks.alive();
    }

    /** All plugins, those that are draining included. */
    public List<PluginStatus> plugins() {
        List<PluginStatus> all = new ArrayList<>();
        for (PluginEntry entry : entries.values()) {
            boolean isRefused = entry.state() == PluginState.REJECTED || entry.state() == PluginState.FAILED;
            // what is refused is the file's content of now, not that which was loaded from it before
            Optional<LoadedGeneration> loaded = entry.loaded().filter(generation -> !isRefused);
            all.add(new PluginStatus(entry.plugin().orElse(entry.shown()), version(entry, isRefused), entry.file().toString(),
                    entry.state(), entry.reason(), loaded.map(catalog::provided).orElse(List.of()),
                    loaded.map(LoadedGeneration::number).orElse(0L), loaded.map(LoadedGeneration::users).orElse(0L)));
            entry.loaded().filter(generation -> isRefused).ifPresent(generation -> all.add(goesOn(generation, entry.shown())));
        }
        draining.forEach(generation -> all.add(new PluginStatus(generation.plugin(), generation.version(), "",
                PluginState.DRAINING, "", List.of(), generation.number(), generation.users())));
        return all;
    }

    private static String version(PluginEntry entry, boolean isRefused) {
        return entry.plugin().isEmpty() || isRefused && entry.candidate().isEmpty() ? "" : entry.version().toString();
    }

    private PluginStatus goesOn(LoadedGeneration generation, String file) {
        return new PluginStatus(generation.plugin(), generation.version(), "", PluginState.ACTIVE, "it was loaded from "
                + file + " before that was replaced, and serves until a jar that works takes its place",
                catalog.provided(generation), generation.number(), generation.users());
    }

    private static void pause() {
        try {
            Thread.sleep(FIRST_LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        reap();
        framework.close();
    }
}
