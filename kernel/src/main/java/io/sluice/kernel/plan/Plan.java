package io.sluice.kernel.plan;

import io.sluice.kernel.config.Settings;
import io.sluice.kernel.problem.Problem;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that is to run. A value: two plans share the slices that are the same in both, by identity.
 *
 * @param revision  counts the plans that differ, from 1
 * @param settings  the settings in effect
 * @param listeners what to listen on
 * @param services  the services that run, by id, in the order of their files
 * @param idle      the ids of services that do not run, and why
 * @param problems  what is wrong, services that were refused included: the first problems of each file
 */
public record Plan(
        long revision,
        Settings settings,
        List<ListenerPlan> listeners,
        Map<String, ServicePlan> services,
        Map<String, Idle> idle,
        List<Problem> problems) {

    public Plan {
        listeners = List.copyOf(listeners);
        services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
        idle = Collections.unmodifiableMap(new LinkedHashMap<>(idle));
        problems = List.copyOf(problems);
    }

    /** The ids of the services whose definitions refer to a file. */
    public List<String> users(Path file) {
        return services.values().stream().filter(service -> service.files().contains(file))
                .map(service -> service.info().id()).toList();
    }

    /** Why a defined service does not run. */
    public enum Idle {
        /** {@code active} is false. */
        PARKED,
        /** Its definition, or a conflict, forbids it. */
        REFUSED
    }
}
