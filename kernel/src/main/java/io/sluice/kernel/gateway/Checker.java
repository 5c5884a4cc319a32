package io.sluice.kernel.gateway;

import io.sluice.kernel.config.MaterialFolder;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.config.SocketPath;
import io.sluice.kernel.plan.PlanInput;
import io.sluice.kernel.plan.PlanResult;
import io.sluice.kernel.plan.Planner;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Asks the planner what would run, without opening a port and without touching {@code data/}: this works beside a running
 * gateway.
 */
public final class Checker {

    private Checker() {
    }

    /**
     * What was found.
     *
     * @param problems all of them
     * @param services how many services would run
     * @param sources  the text of a file, for printing the line that a problem is about; {@code null} if there is none
     * @param ignored  fields that are accepted and ignored, by file
     */
    public record Report(List<Problem> problems, int services, Function<String, String> sources,
            Map<String, List<String>> ignored) {
    }

    /**
     * Checks a base folder.
     *
     * @param files definitions to check instead of the base folder's own; empty for those
     */
    public static Report check(Folders folders, List<Path> files) throws IOException {
        ConfigFolder config = new ConfigFolder(folders, System.getenv());
        Configuration configuration = files.isEmpty() ? config.read() : config.read(files);
        try (InstalledPlugins plugins = InstalledPlugins.of(folders)) {
            ExtensionCatalog catalog = plugins.catalog();
            List<Problem> problems = new ArrayList<>(configuration.problems());
            problems.addAll(catalog.problems());
            problems.addAll(ofSettings(configuration.settings(), catalog, folders));
            PlanResult result = Planner.plan(new PlanInput(configuration.settings(), configuration.definitions(),
                    configuration.unreadable(), problems, catalog,
                    StartSettings.of(configuration.settings()).reserved(), new MaterialFolder(folders.conf()),
                    Instant.now()), null);
            List<Problem> ordered = result.problems().stream().sorted(Comparator
                    .comparing((Problem problem) -> problem.place().file())
                    .thenComparing(problem -> problem.place().line())
                    .thenComparing(problem -> problem.place().column())).toList();
            return new Report(ordered, result.plan().services().size(), config::source, configuration.ignored());
        }
    }

    /** What is wrong with settings beyond what reading them finds: with the key, and with what plugins take from them. */
    static List<Problem> ofSettings(Settings settings, ExtensionCatalog catalog, Folders folders) {
        List<Problem> problems = new ArrayList<>(adminKey(settings, folders));
        problems.addAll(ActiveExtensions.check(ActiveKinds.observers(folders.base()), catalog, settings));
        problems.addAll(ActiveExtensions.check(ActiveKinds.resources(null), catalog, settings));
        problems.addAll(ActiveExtensions.check(ActiveKinds.servers(null, null), catalog, settings));
        return problems;
    }

    /** Where the admin API is closed, nobody asks for its key. */
    private static List<Problem> adminKey(Settings settings, Folders folders) {
        boolean closed = settings.admin().address().equals("off") && SocketPath.of(settings.admin(), folders.data()).isEmpty();
        return closed ? List.of() : ConfiguredKey.of(settings, folders.conf()).problems();
    }
}
