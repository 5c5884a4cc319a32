package io.sluice.kernel.plan;

import io.sluice.kernel.config.MaterialFolder;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that a plan is made from.
 *
 * @param settings    the settings in effect
 * @param definitions all definitions that could be read, in the order of their files
 * @param unreadable  the files that could not be read as a whole: what ran from them goes on
 * @param problems    what is wrong with settings and files
 * @param catalog     the installed extensions
 * @param reserved    addresses that services may not take, with the name of who has them
 * @param materials   the files that definitions refer to
 * @param now         the time: what held until then is looked at again
 */
public record PlanInput(
        Settings settings,
        List<RawService> definitions,
        Set<String> unreadable,
        List<Problem> problems,
        ExtensionCatalog catalog,
        Map<ListenAddress, String> reserved,
        MaterialFolder materials,
        Instant now) {

    public PlanInput {
        definitions = List.copyOf(definitions);
        unreadable = Set.copyOf(unreadable);
        problems = List.copyOf(problems);
        reserved = Map.copyOf(reserved);
    }
}
