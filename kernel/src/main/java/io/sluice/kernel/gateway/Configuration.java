package io.sluice.kernel.gateway;

import io.sluice.kernel.config.Settings;
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
 * @param problems    what is wrong
 * @param ignored     fields that are accepted and ignored, by file
 */
record Configuration(Settings settings, boolean usable, List<RawService> definitions, List<RawService> lost,
        Set<String> unreadable, List<Problem> problems, Map<String, List<String>> ignored) {

    /** The same with other settings: the last good ones, when these cannot be used. */
    Configuration with(Settings lastGood) {
        return new Configuration(lastGood, true, definitions, lost, unreadable, problems, ignored);
    }
}
