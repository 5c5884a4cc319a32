package io.sluice.kernel.control;

import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.runtime.GatewayRuntime;
import io.sluice.kernel.upstream.Condition;
import io.sluice.kernel.upstream.LiveTarget;
import io.sluice.kernel.upstream.OperatorState;
import io.sluice.kernel.upstream.RunningService;
import io.sluice.kernel.upstream.ServiceState.Close;
import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.ConversationReport;
import io.sluice.spi.control.ProbeReport;
import io.sluice.spi.control.TargetControl;
import io.sluice.spi.control.TargetStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The targets of the services that run. */
final class TargetDesk implements TargetControl {

    private static final long PATIENCE_SECONDS = 120;
    /** Each holds a thread of whoever asks until its end; a status must be had beside them. */
    private static final int PROBES_AT_ONCE = 4;

    private final Engine engine;
    private final GatewayRuntime runtime;
    private final Semaphore probes = new Semaphore(PROBES_AT_ONCE);

    TargetDesk(Engine engine, GatewayRuntime runtime) {
        this.engine = engine;
        this.runtime = runtime;
    }

    /** A target and its service. */
    private record Place(RunningService service, LiveTarget target) {

        TargetStatus status() {
            Condition condition = target.condition();
            return new TargetStatus(target.id(), service.plan().info().id(), target.address().toString(),
                    target.configuredWeight(), target.priority(), health(condition),
                    TargetStatus.State.valueOf(condition.operator().name()), target.connections(),
                    condition.lastProbe().map(ProbeViews::of).orElse(null));
        }
    }

    static TargetStatus.Health health(Condition condition) {
        return TargetStatus.Health.valueOf(condition.health().name());
    }

    @Override
    public List<TargetStatus> all() {
        return runtime.services().stream().flatMap(service -> service.targets().stream()
                .map(target -> new Place(service, target).status())).toList();
    }

    @Override
    public Optional<TargetStatus> find(String service, String target) {
        return place(service, target).map(Place::status);
    }

    private Optional<Place> place(String id, String name) {
        return runtime.services().stream().filter(service -> service.plan().info().id().equals(id))
                .flatMap(service -> service.targets().stream().map(target -> new Place(service, target)))
                .filter(place -> place.target().id().equals(name) || place.target().address().toString().equals(name))
                .findFirst();
    }

    @Override
    public List<ProbeReport> probes(String service, String target) throws ControlRefused {
        return known(service, target).target().condition().reports().stream().map(ProbeViews::of).toList();
    }

    @Override
    public ProbeReport probe(String service, String target) throws ControlRefused {
        Place place = known(service, target);
        List<io.sluice.kernel.upstream.ProbeReport> reports =
                await(() -> runtime.monitor().probe(service, place.target().id()));
        if (reports.isEmpty()) {
            return ProbeViews.of(await(() -> runtime.monitor().connect(place.service(), place.target())));
        }
        // of several checks the first that failed says how it is
        return ProbeViews.of(reports.stream().filter(report -> !report.healthy()).findFirst().orElse(reports.get(0)));
    }

    @Override
    public TargetStatus set(String service, String target, TargetStatus.State state, Closing closing)
            throws ControlRefused {
        Place place = known(service, target);
        boolean atOnce = closing.after().filter(Duration::isZero).isPresent();
        place.service().state().operate(place.target().id(), OperatorState.valueOf(state.name()),
                atOnce ? Duration.ZERO : closing.after().orElse(Duration.ZERO), atOnce ? Close.NOW : Close.NO);
        return place.status();
    }

    @Override
    public ConversationReport converse(String check) throws ControlRefused {
        List<Problem> doubts = new ArrayList<>();
        ProbeReport report = ProbeViews.of(await(() -> engine.converse(check, doubts::add)));
        return ConversationReport.of(report, Problems.of(doubts));
    }

    private Place known(String service, String target) throws ControlRefused {
        return place(service, target).orElseThrow(() ->
                new ControlRefused(Reason.UNKNOWN, "there is no such target of service " + service));
    }

    /** Each probe has a deadline of its own; this is for what goes wrong here. */
    private <T> T await(Question<T> question) throws ControlRefused {
        if (!probes.tryAcquire()) {
            throw new ControlRefused(Reason.UNAVAILABLE, PROBES_AT_ONCE
                    + " probes that were asked for are under way; ask again when one has ended");
        }
        try {
            return question.ask().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlRefused(Reason.UNAVAILABLE, "interrupted");
        } catch (ExecutionException | TimeoutException e) {
            throw new ControlRefused(Reason.UNAVAILABLE, "the probe did not end: " + e);
        } finally {
            probes.release();
        }
    }

    /** Starts something that is answered later. */
    private interface Question<T> {
        CompletableFuture<T> ask() throws ControlRefused;
    }
}
