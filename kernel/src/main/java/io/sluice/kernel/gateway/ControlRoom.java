package io.sluice.kernel.gateway;

import io.sluice.kernel.control.Conversations;
import io.sluice.kernel.control.Engine;
import io.sluice.kernel.plan.LooseCheck;
import io.sluice.kernel.plan.PlanResult;
import io.sluice.kernel.plan.Planner;
import io.sluice.kernel.plan.RawService;
import io.sluice.kernel.plugin.PluginStatus;
import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.runtime.GatewayRuntime;
import io.sluice.kernel.upstream.ProbeReport;
import io.sluice.spi.admin.AdminServer;
import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.ControlRefused;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What operators may ask of a gateway. */
final class ControlRoom implements Engine {

    private final LivePlan live;
    private final ControlThread control;
    private final GatewayRuntime runtime;

    ControlRoom(LivePlan live, ControlThread control, GatewayRuntime runtime) {
        this.live = live;
        this.control = control;
        this.runtime = runtime;
    }

    @Override
    public Moment moment() {
        return live.moment();
    }

    @Override
    public <T> T inTurn(Turn<T> turn) throws ControlRefused {
        return control.inTurn(() -> {
            if (live.isDraining()) {
                throw new ControlRefused(Reason.UNAVAILABLE, "the gateway is ending: nothing is changed any more");
            }
            return turn.take();
        });
    }

    @Override
    public void catchUp() {
        live.catchUp();
    }

    @Override
    public void catchUp(String file) {
        live.catchUp(file);
    }

    @Override
    public PlanResult plan(List<RawService> definitions, Set<String> replaced) {
        return Planner.plan(live.candidate(definitions, replaced), live.current());
    }

    @Override
    public CompletableFuture<ProbeReport> converse(String check, Consumer<Problem> doubts) throws ControlRefused {
        return inTurn(() -> {
            LooseCheck loose = Conversations.read(check, live.candidate(List.of(), Set.of()));
            loose.problems().forEach(doubts);
            return runtime.monitor().converse(loose.address().orElseThrow(), loose.check().orElseThrow(), loose.generations());
        });
    }

    @Override
    public void reread(String author, String action) {
        live.reread(author, action);
    }

    @Override
    public void stored(Set<String> files, PlanResult tried, String author, String action) {
        live.stored(files, tried, author, action);
    }

    @Override
    public void reload() {
        live.reload();
    }

    @Override
    public Moment foresee() {
        return live.foresee();
    }

    @Override
    public List<PluginStatus> pluginStatuses() {
        return live.shownPlugins();
    }

    @Override
    public void unload(String plugin) throws ControlRefused {
        boolean isServer = live.shownPlugins().stream().anyMatch(one -> one.name().equals(plugin)
                && one.provides().stream().anyMatch(offer -> offer.kind().equals(AdminServer.class.getSimpleName())));
        if (isServer) {
            // whoever asks for it by that very server is to hear of it
            live.unloadSoon(plugin);
        } else if (!live.unload(plugin)) {
            throw new ControlRefused(Reason.UNKNOWN, "there is no plugin " + plugin);
        }
    }
}
