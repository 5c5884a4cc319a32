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

    private final Gateway gateway;
    private final GatewayRuntime runtime;

    ControlRoom(Gateway gateway, GatewayRuntime runtime) {
        this.gateway = gateway;
        this.runtime = runtime;
    }

    @Override
    public Moment moment() {
        return gateway.moment();
    }

    @Override
    public <T> T inTurn(Turn<T> turn) throws ControlRefused {
        return gateway.inTurn(turn);
    }

    @Override
    public void catchUp() {
        gateway.catchUp();
    }

    @Override
    public void catchUp(String file) {
        gateway.catchUp(file);
    }

    @Override
    public PlanResult plan(List<RawService> definitions, Set<String> replaced) {
        return Planner.plan(gateway.candidate(definitions, replaced), gateway.current());
    }

    @Override
    public CompletableFuture<ProbeReport> converse(String check, Consumer<Problem> doubts) throws ControlRefused {
        return inTurn(() -> {
            LooseCheck loose = Conversations.read(check, gateway.candidate(List.of(), Set.of()));
            loose.problems().forEach(doubts);
            return runtime.monitor().converse(loose.address().orElseThrow(), loose.check().orElseThrow(), loose.generations());
        });
    }

    @Override
    public void reread(String author, String action) {
        gateway.reread(author, action);
    }

    @Override
    public void stored(Set<String> files, PlanResult tried, String author, String action) {
        gateway.stored(files, tried, author, action);
    }

    @Override
    public void reload() {
        gateway.reloadNow();
    }

    @Override
    public List<PluginStatus> pluginStatuses() {
        return gateway.shownPlugins();
    }

    @Override
    public void unload(String plugin) throws ControlRefused {
        boolean isServer = gateway.shownPlugins().stream().anyMatch(one -> one.name().equals(plugin)
                && one.provides().stream().anyMatch(offer -> offer.kind().equals(AdminServer.class.getSimpleName())));
        if (isServer) {
            // whoever asks for it by that very server is to hear of it
            gateway.unloadSoon(plugin);
        } else if (!gateway.unload(plugin)) {
            throw new ControlRefused(Reason.UNKNOWN, "there is no plugin " + plugin);
        }
    }
}
