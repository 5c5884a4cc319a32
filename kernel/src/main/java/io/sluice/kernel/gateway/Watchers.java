package io.sluice.kernel.gateway;

import io.sluice.kernel.config.Settings;
import io.sluice.kernel.control.RefusalLog;
import io.sluice.kernel.observe.Counters;
import io.sluice.kernel.plan.Plan;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.runtime.GatewayRuntime;
import io.sluice.spi.observer.ConnectionObserver;
import io.sluice.spi.observer.ConnectionObserverFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Who sees connections come and go: the gateway's own counters, then what is installed. Used by the control thread only. */
final class Watchers {

    private final GatewayRuntime runtime;
    private final Counters counters = new Counters();
    private final RefusalLog refusals = new RefusalLog();
    private final ActiveExtensions<ConnectionObserverFactory<Record>, ConnectionObserver> installed;
    private List<ConnectionObserver> watching = List.of();

    Watchers(GatewayRuntime runtime, Path base) {
        this.runtime = runtime;
        this.installed = new ActiveExtensions<>(ActiveKinds.observers(base));
    }

    Counters counters() {
        return counters;
    }

    RefusalLog refusals() {
        return refusals;
    }

    /** Follows plugins and settings; answers what is wrong. */
    List<Problem> update(ExtensionCatalog catalog, Settings settings) {
        List<Problem> problems = installed.update(catalog, settings);
        List<ConnectionObserver> active = new ArrayList<>(List.of(counters, refusals));
        active.addAll(installed.active());
        if (!active.equals(watching)) {
            watching = active;
            runtime.observers(watching);
        }
        installed.stopRetired();
        return problems;
    }

    /** Forgets what was counted of services and listeners that are not in this plan. */
    void retain(Plan plan) {
        counters.retain(plan.services().keySet(), () -> plan.listeners().stream()
                .map(listener -> listener.address().toString()).collect(Collectors.toSet()));
    }

    void close() {
        installed.close();
        refusals.close();
    }
}
