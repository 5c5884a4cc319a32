package io.sluice.kernel.health;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.sluice.kernel.plan.CheckPlan;
import io.sluice.kernel.plugin.Generation;
import io.sluice.kernel.problem.LiveProblems;
import io.sluice.kernel.upstream.Dial;
import io.sluice.kernel.upstream.HealthListener;
import io.sluice.kernel.upstream.LiveTarget;
import io.sluice.kernel.upstream.OperatorState;
import io.sluice.kernel.upstream.ProbeReport;
import io.sluice.kernel.upstream.RunningService;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.connection.TargetAddress;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Probes the targets of all services as their newest plans say, and reports each result to the service's state. Has an
 * event loop and a few threads of its own, so no connection ever waits for a probe, and no probe for another.
 */
public final class Monitor implements HealthListener, AutoCloseable {

    private final EventLoopGroup group;
    private final EventLoop loop;
    private final Prober prober;
    private final Map<Key, Probe> probes = new LinkedHashMap<>();

    private record Key(String service, String target, String check) {

        boolean isOf(String otherService, String otherTarget) {
            return service.equals(otherService) && target.equals(otherTarget);
        }
    }

    public Monitor(Dial.Network network, LiveProblems problems) {
        this.group = network.transport().probeLoop();
        this.loop = group.next();
        this.prober = new Prober(loop, network, problems);
    }

    /** How many probes may be in flight; 0 = any number. Any thread. */
    public void most(int probes) {
        loop.execute(() -> prober.most(probes));
    }

    @Override
    public void targetsChanged(RunningService service) {
        loop.execute(() -> reconcile(service));
    }

    private void reconcile(RunningService service) {
        String id = service.plan().info().id();
        Set<Key> wanted = new HashSet<>();
        for (LiveTarget target : service.targets()) {
            for (CheckPlan check : service.checks(target)) {
                Key key = new Key(id, target.id(), check.name());
                wanted.add(key);
                Probe probe = probes.get(key);
                if (probe == null) {
                    probe = new Probe(prober, service, target, check);
                    probes.put(key, probe);
                    probe.pause(target.condition().operator() == OperatorState.MAINTENANCE);
                    probe.start();
                } else {
                    probe.check(service, check);
                }
            }
        }
        stop(probes.keySet().stream().filter(key -> key.service().equals(id) && !wanted.contains(key)).toList());
    }

    private void stop(List<Key> keys) {
        keys.forEach(key -> probes.remove(key).stop());
        prober.failedCommands().keep(probes.values().stream().flatMap(probe -> probe.check().commands().stream())
                .map(CheckPlan.Command::generation).collect(Collectors.toSet()));
    }

    /** Probes nothing of a service any more. Any thread. */
    public void removed(String service) {
        loop.execute(() -> stop(probes.keySet().stream().filter(key -> key.service().equals(service)).toList()));
    }

    @Override
    public void hostOperated(ServiceInfo service, Target target, OperatorState state) {
        loop.execute(() -> probes.forEach((key, probe) -> {
            if (key.isOf(service.id(), target.id())) {
                probe.pause(state == OperatorState.MAINTENANCE);
            }
        }));
    }

    /**
     * Probes a target now, by each of its checks, or takes the probes that are on their way; they count like any other.
     * Any thread.
     *
     * @return the results; empty if nothing checks the target
     */
    public CompletableFuture<List<ProbeReport>> probe(String service, String target) {
        CompletableFuture<List<ProbeReport>> all = new CompletableFuture<>();
        loop.execute(() -> {
            List<CompletableFuture<ProbeReport>> asked = probes.entrySet().stream()
                    .filter(entry -> entry.getKey().isOf(service, target)).map(entry -> entry.getValue().ask()).toList();
            CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).whenComplete((done, error) -> {
                if (error != null) {
                    all.completeExceptionally(error);
                } else {
                    all.complete(asked.stream().map(CompletableFuture::join).toList());
                }
            });
        });
        return all;
    }

    /**
     * Holds a conversation that belongs to no service; nothing follows from it. Any thread.
     *
     * @param generations what the check runs through; held by the caller until this is called, and from then on here
     */
    public CompletableFuture<ProbeReport> converse(TargetAddress address, CheckPlan check, Set<Generation> generations) {
        generations.forEach(Generation::retain);
        CompletableFuture<ProbeReport> report = new CompletableFuture<>();
        loop.execute(() -> prober.probe(address, check, () -> { }, outcome -> {
            generations.forEach(Generation::release);
            report.complete(outcome.report());
        }));
        return report;
    }

    /** The names of the commands that did not come back, and are not called any more. Any thread. */
    public Map<Generation, List<String>> failedCommands() {
        return prober.failedCommands().all();
    }

    /** Only connects to a target, as its connections do; nothing follows from it. Any thread. */
    public CompletableFuture<ProbeReport> connect(RunningService service, LiveTarget target) {
        CompletableFuture<ProbeReport> report = new CompletableFuture<>();
        Optional<CheckPlan> check = service.connection(target);
        if (check.isEmpty() || !service.retain()) {
            report.completeExceptionally(new IllegalStateException("the service has just changed"));
            return report;
        }
        loop.execute(() -> prober.probe(target.address(), check.get(), () -> { }, outcome -> {
            service.release();
            report.complete(outcome.report());
        }));
        return report;
    }

    @Override
    public void close() {
        prober.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
