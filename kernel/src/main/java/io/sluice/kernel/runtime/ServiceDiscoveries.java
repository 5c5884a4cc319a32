package io.sluice.kernel.runtime;

import io.sluice.kernel.discovery.DiscoveredTarget;
import io.sluice.kernel.discovery.Discoveries;
import io.sluice.kernel.discovery.DiscoveryListener;
import io.sluice.kernel.discovery.DiscoveryWatch;
import io.sluice.kernel.plan.DiscoveryPlan;
import io.sluice.kernel.problem.LiveProblems;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.upstream.FoundTargets;
import io.sluice.kernel.upstream.RunningService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The discoveries of the services that run: what they find become the services' targets, what they fail at problems.
 * Control thread.
 */
final class ServiceDiscoveries implements AutoCloseable {

    private static final String FAILED = "discovery_failed";
    private static final String LEFT_OUT = "discovery_left_out";
    private static final int MOST_NAMED = 3;

    private final Discoveries threads;
    private final LiveProblems problems;
    private final Map<RunningService, DiscoveryWatch> watches = new HashMap<>();

    ServiceDiscoveries(Discoveries threads, LiveProblems problems) {
        this.threads = threads;
        this.problems = problems;
    }

    /** Begins to ask for a service's targets, if that is what it wants. */
    void begin(RunningService service) {
        service.plan().discovery().ifPresent(plan -> {
            // held until no code of the plugin runs any more
            service.retain();
            watches.put(service, threads.watch(plan.discovery(), new Answers(service, plan)));
        });
    }

    /** Asks no more for a service; its targets stay what they are. */
    void end(RunningService service) {
        DiscoveryWatch watch = watches.remove(service);
        if (watch != null) {
            watch.close();
            watch.ended().thenRun(service::release);
        }
    }

    @Override
    public void close() {
        List.copyOf(watches.keySet()).forEach(this::end);
        threads.close();
    }

    /** Takes the answers for one service. */
    private final class Answers implements DiscoveryListener {

        private final RunningService service;
        private final DiscoveryPlan plan;
        private List<DiscoveredTarget> last = List.of();

        Answers(RunningService service, DiscoveryPlan plan) {
            this.service = service;
            this.plan = plan;
        }

        private String id() {
            return service.plan().info().id();
        }

        @Override
        public void found(List<DiscoveredTarget> targets, List<String> leftOut) {
            FoundTargets usable = FoundTargets.of(plan, targets);
            List<String> rest = new ArrayList<>(leftOut);
            usable.leftOut().stream().limit(MOST_NAMED).forEach(text -> rest.add(text + ": its scheme is not usable here"));
            if (usable.leftOut().size() > MOST_NAMED) {
                rest.add("and " + (usable.leftOut().size() - MOST_NAMED) + " more such targets");
            }
            if (usable.targets().isEmpty()) {
                failed("none of the targets found can be used: " + String.join("; ", rest), Duration.ZERO);
                return;
            }
            problems.clear(FAILED, id(), "");
            if (rest.isEmpty()) {
                problems.clear(LEFT_OUT, id(), "");
            } else {
                problems.raise(Problem.warning(LEFT_OUT, Place.NONE, "discovery: left out " + String.join("; ", rest),
                        "correct these entries where the targets come from")
                        .of(id()), "");
            }
            if (!targets.equals(last)) {
                last = targets;
                service.state().discovered(service, targets);
            }
        }

        @Override
        public void failed(String reason, Duration retryIn) {
            problems.raise(Problem.warning(FAILED, Place.NONE, "discovery: " + reason,
                    service.state().hasDiscovered(plan) ? "the targets found last go on being used"
                            : "the targets of the definition serve until there is an answer").of(id()), "");
        }
    }
}
