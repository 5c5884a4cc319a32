package io.sluice.kernel.upstream;

import io.sluice.kernel.discovery.DiscoveredTarget;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.plan.DiscoveryPlan;
import io.sluice.kernel.plan.ServicePlan;
import io.sluice.kernel.plan.TargetPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What lives of a service beside its plans: targets and their states, counts, rates. Thread-safe; what changes which
 * targets are used becomes effective on the {@link Steering} thread.
 */
public final class ServiceState {

    private final Map<String, LiveTarget> targets = new ConcurrentHashMap<>();
    private final ConnectionCounts counts = new ConnectionCounts();
    private final RateLimit rate = new RateLimit();
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final List<RunningService> running = new ArrayList<>();
    private final Steering steering;
    private final Helm helm;
    private volatile boolean awaited;
    private volatile ServicePlan plan;
    private volatile Answer answer;

    /** The last answer of a discovery, and what the discovery was. */
    private record Answer(JsonValue source, List<DiscoveredTarget> found) {
    }

    public ServiceState(Steering steering) {
        this.steering = steering;
        this.helm = new Helm(this, steering);
    }

    /** The plan that the service has from now on. */
    public void plan(ServicePlan now) {
        plan = now;
    }

    /** Its newest plan, which connections of older ones have to please as well. */
    public ServicePlan plan() {
        return plan;
    }

    /**
     * The live targets of a plan, in its order; the same object for the same target, over plans. Steering thread, so that
     * none is forgotten before its service is known.
     */
    List<LiveTarget> targets(List<TargetPlan> plans) {
        return plans.stream().map(plan -> {
            LiveTarget target = targets.computeIfAbsent(plan.id(), id -> new LiveTarget(plan));
            target.plan(plan);
            return target;
        }).toList();
    }

    /** All targets that it has, and those that are gone but have connections still. */
    public Collection<LiveTarget> targets() {
        return List.copyOf(targets.values());
    }

    /** The target with this id. */
    public Optional<LiveTarget> target(String id) {
        return Optional.ofNullable(targets.get(id));
    }

    public ConnectionCounts counts() {
        return counts;
    }

    public RateLimit rate() {
        return rate;
    }

    /** Makes a service the one whose plan counts; when this returns, its targets are what they should be. */
    void current(RunningService service) {
        steering.call(() -> {
            service.targets(first(service.plan()));
            running.add(service);
            helm.current(service);
        });
    }

    /** The service is gone: nothing is probed or said of it any more, unless it comes back. */
    public void removed() {
        steering.call(helm::retire);
    }

    /** No session runs on it any more. Any thread. */
    void ended(RunningService service) {
        steering.execute(() -> running.remove(service));
    }

    /** The services of all plans that sessions run on. Steering thread. */
    List<RunningService> running() {
        return running;
    }

    /** Forgets targets that nothing knows any more. Steering thread. */
    void prune() {
        targets.values().removeIf(target -> target.connections() == 0
                && target.state().operator() == OperatorState.READY
                && running.stream().noneMatch(service -> service.has(target)));
    }

    /** Takes the targets that were discovered, in the place of those before. Any thread. */
    public void discovered(RunningService service, List<DiscoveredTarget> found) {
        service.plan().discovery().ifPresent(plan -> {
            answer = new Answer(plan.source(), found);
            steering.execute(() -> {
                service.targets(FoundTargets.of(plan, found).targets());
                helm.changed(service);
            });
        });
    }

    /** Whether a discovery that is written like this one has had an answer. Any thread. */
    public boolean hasDiscovered(DiscoveryPlan plan) {
        Answer last = answer;
        return last != null && last.source().equals(plan.source());
    }

    /** The targets that a plan begins with: those found last, if it asks in the same way, else those that it lists. */
    List<TargetPlan> first(ServicePlan plan) {
        Answer last = answer;
        return plan.discovery().filter(this::hasDiscovered)
                .map(discovery -> FoundTargets.of(discovery, last.found()).targets()).filter(found -> !found.isEmpty())
                .orElse(plan.targets());
    }

    /** Takes the result of a probe. Any thread. */
    public void probed(String target, ProbeReport report) {
        steering.execute(() -> target(target).ifPresent(live -> helm.probed(live, report)));
    }

    /** Too many connects to a target failed in a row. Any thread. */
    void failing(LiveTarget target) {
        steering.execute(() -> helm.eject(target));
    }

    /** A connect succeeded after an ejection. Any thread. */
    void recovered(LiveTarget target) {
        steering.execute(() -> target.state().ejection().forgive());
    }

    /**
     * Does what an operator says; when this returns, it is in effect. Any thread but event loops.
     *
     * @param deadline how long live connections may go on; zero = as long as they want
     * @param close    whether they are closed at once
     * @return whether there is such a target
     */
    public boolean operate(String target, OperatorState now, Duration deadline, Close close) {
        Optional<LiveTarget> live = target(target);
        live.ifPresent(one -> steering.call(() -> helm.operate(one, now, deadline, close)));
        return live.isPresent();
    }

    /** What an operator wants done with live connections. */
    public enum Close {
        /** They go on. */
        NO,
        /** They are closed at once. */
        NOW
    }

    /** Whether no target takes connections, but one may as soon as its first probe has ended. Any thread. */
    boolean isAwaited() {
        return awaited;
    }

    /** Calls back once that is decided, perhaps at once, perhaps when it is not decided after all. Any thread. */
    void onceDecided(Runnable told) {
        waiting.add(told);
        if (!awaited) {
            tellWaiting();
        }
    }

    /** Steering thread, after the candidates have become effective. */
    void awaited(boolean now) {
        awaited = now;
        if (!now) {
            tellWaiting();
        }
    }

    private void tellWaiting() {
        for (Runnable told = waiting.poll(); told != null; told = waiting.poll()) {
            told.run();
        }
    }
}
