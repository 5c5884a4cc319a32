package io.sluice.kernel.gateway;

import io.sluice.kernel.config.Settings;
import io.sluice.kernel.control.BrokenFile;
import io.sluice.kernel.control.Standing;
import io.sluice.kernel.plan.PlanResult;
import io.sluice.kernel.plan.RawService;
import io.sluice.kernel.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that was read from the conf folder at one moment.
 *
 * @param settings    as read; defaults where something is wrong
 * @param usable      whether the settings could be parsed
 * @param definitions all that could be read
 * @param lost        what was last known of the files that could not be read as a whole, and stands nowhere else
 * @param unreadable  files that could not be read as a whole
 * @param broken      those of them whose text is there and cannot be understood, by name
 * @param problems    what is wrong
 * @param ignored     fields that are accepted and ignored, by file
 */
record Configuration(Settings settings, boolean usable, List<RawService> definitions, List<RawService> lost,
        Set<String> unreadable, Map<String, BrokenFile> broken, List<Problem> problems,
        Map<String, List<String>> ignored) {

    /** The same with other settings: the last good ones, when these cannot be used. */
    Configuration with(Settings lastGood) {
        return new Configuration(lastGood, true, definitions, lost, unreadable, broken, problems, ignored);
    }

    /** The same with one definition for each id: the one that counts while this plan is in effect. */
    Configuration standing(PlanResult result) {
        return new Configuration(settings, usable, Standing.of(result, definitions, List.of(), broken.keySet()), lost,
                unreadable, broken, problems, ignored);
    }
}
