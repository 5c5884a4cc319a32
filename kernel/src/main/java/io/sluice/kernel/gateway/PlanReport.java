package io.sluice.kernel.gateway;

import io.sluice.kernel.control.Problems;
import io.sluice.kernel.observe.EventRing;
import io.sluice.kernel.plan.ListenAddress;
import io.sluice.kernel.plan.Plan;
import io.sluice.kernel.plugin.PluginStatus;
import io.sluice.kernel.problem.LiveProblems;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.runtime.ListenerStatus;
import io.sluice.spi.control.CertificateStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what has changed, in the log and as events. Used by the control thread only. */
final class PlanReport {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private static final Duration SOON = Duration.ofDays(30);

    private final EventRing events;
    private final Map<String, String> plugins = new HashMap<>();
    private final Map<ListenAddress, ListenerStatus> listeners = new LinkedHashMap<>();
    private List<ListenerStatus> shownListeners = List.of();
    private final Map<Path, String> materials = new HashMap<>();
    private final Set<String> expiring = new HashSet<>();

    PlanReport(EventRing events) {
        this.events = events;
    }

    /** A plan is in effect. */
    void applied(List<Problem> before, Plan plan) {
        Set<Problem.Words> said = Problem.words(before);
        plan.problems().stream().filter(problem -> !said.contains(problem.words())).forEach(problem -> {
            log(problem);
            events.add("ProblemRaised", data(problem));
        });
        refused(plan.problems().stream().filter(problem -> problem.isError() && !said.contains(problem.words())).toList());
        Set<Problem.Words> stillSaid = Problem.words(plan.problems());
        before.stream().filter(problem -> !stillSaid.contains(problem.words()))
                .forEach(problem -> events.add("ProblemCleared", data(problem)));
        LOG.info("plan {}: {} services, {} listeners, {} problems", plan.revision(), plan.services().size(),
                plan.listeners().size(), plan.problems().size());
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("revision", plan.revision());
        data.put("services", plan.services().size());
        data.put("listeners", plan.listeners().size());
        data.put("problems", plan.problems().size());
        events.add("PlanApplied", data);
    }

    /** Tells once of each service that is refused, or of each file where nobody knows whose it is. */
    private void refused(List<Problem> errors) {
        Map<String, List<Problem>> bySubject = new LinkedHashMap<>();
        errors.stream().filter(problem -> !problem.service().isEmpty() || !problem.place().file().isEmpty())
                .forEach(problem -> bySubject.computeIfAbsent(problem.service().isEmpty() ? "file " + problem.place().file()
                        : "service " + problem.service(), subject -> new ArrayList<>()).add(problem));
        bySubject.values().forEach(problems -> {
            Map<String, Object> data = data(problems.get(0));
            data.put("file", Problems.of(problems.get(0)).file());
            data.put("problems", Problems.of(problems));
            events.add("PlanRefused", data);
        });
    }

    /** Something at work went wrong, or is right again. */
    void changed(LiveProblems.Change change) {
        if (change.raised()) {
            log(change.problem());
        } else {
            LOG.info("no longer: {}", change.problem().message());
        }
        events.add(change.raised() ? "ProblemRaised" : "ProblemCleared", data(change.problem()));
    }

    /**
     * Tells of the files of services whose contents are other ones than when they could be read last.
     *
     * @param now   a word for the contents of each; empty if it cannot be read
     * @param users the ids of the services that refer to a file
     */
    void materials(Map<Path, Optional<String>> now, Function<Path, List<String>> users) {
        now.forEach((file, contents) -> contents.ifPresent(word -> {
            String before = materials.put(file, word);
            if (before != null && !before.equals(word)) {
                Map<String, Object> data = new LinkedHashMap<>();
                data.put("file", file.toString());
                services(users.apply(file), data);
                data.put("reason", "its file has other contents");
                events.add("CertificateReplaced", data);
            }
        }));
        materials.keySet().retainAll(now.keySet());
    }

    /** Tells once of each certificate in use that expires soon. */
    void expiring(List<CertificateStatus> certificates) {
        Instant soon = Instant.now().plus(SOON);
        for (CertificateStatus one : certificates) {
            if (!one.usedBy().isEmpty() && one.notAfter().isBefore(soon) && expiring.add(one.id())) {
                Map<String, Object> data = new LinkedHashMap<>();
                data.put("certificate", one.id());
                data.put("subject", one.subject());
                data.put("not_after", one.notAfter());
                services(one.usedBy(), data);
                data.put("reason", "it expires at " + one.notAfter());
                events.add("CertificateExpiring", data);
            }
        }
    }

    /** Tells of the plugins whose state is another one than before. */
    void plugins(List<PluginStatus> now) {
        Map<String, String> states = new HashMap<>();
        for (PluginStatus plugin : now) {
            String key = plugin.name() + "#" + plugin.generation() + " " + plugin.file();
            String state = plugin.state().name() + " " + plugin.reason();
            states.put(key, state);
            if (!state.equals(plugins.get(key))) {
                Map<String, Object> data = new LinkedHashMap<>();
                data.put("plugin", plugin.name());
                data.put("version", plugin.version());
                data.put("generation", plugin.generation());
                data.put("state", plugin.state().name());
                data.put("reason", plugin.reason().isEmpty() ? null : plugin.reason());
                events.add("PluginState", data);
            }
        }
        plugins.clear();
        plugins.putAll(states);
    }

    /** Tells of the listeners whose state is another one than before. */
    void listeners(List<ListenerStatus> now) {
        if (now.equals(shownListeners)) {
            return;
        }
        shownListeners = now;
        Map<ListenAddress, ListenerStatus> before = new LinkedHashMap<>(listeners);
        listeners.clear();
        for (ListenerStatus listener : now) {
            listeners.put(listener.address(), listener);
            ListenerStatus old = before.remove(listener.address());
            if (old == null || old.open() != listener.open()) {
                listener(listener, listener.open() ? "open" : "failed", listener.open() ? null : listener.reason());
            }
        }
        before.values().forEach(gone -> listener(gone, "closed", null));
    }

    /** All of them, and the one where it is one. */
    private static void services(List<String> ids, Map<String, Object> data) {
        data.put("service", ids.size() == 1 ? ids.get(0) : null);
        data.put("services", ids);
    }

    private void listener(ListenerStatus listener, String state, String reason) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("listener", listener.address().toString());
        data.put("state", state);
        data.put("reason", reason);
        services(listener.services(), data);
        events.add("ListenerState", data);
    }

    private static Map<String, Object> data(Problem problem) {
        var shown = Problems.of(problem);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("service", shown.service());
        data.put("reason", shown.message());
        data.put("problem", shown);
        return data;
    }

    private static void log(Problem problem) {
        Place at = problem.place();
        String place = at.file().isEmpty() ? "" : at.line() == 0 ? at.file() + ": "
                : at.file() + ":" + at.line() + ":" + at.column() + ": ";
        String hint = problem.hint().isEmpty() ? "" : " (" + problem.hint() + ")";
        if (problem.isError()) {
            LOG.error("{}{}{}", place, problem.message(), hint);
        } else {
            LOG.warn("{}{}{}", place, problem.message(), hint);
        }
    }
}
