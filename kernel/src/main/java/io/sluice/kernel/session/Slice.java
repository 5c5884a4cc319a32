package io.sluice.kernel.session;

import io.sluice.kernel.plan.ListenerPlan;
import io.sluice.kernel.plan.ServicePlan;
import io.sluice.kernel.upstream.Counted;
import io.sluice.kernel.upstream.RunningService;
import java.util.Map;

/** A listener's part of a plan at work: what a session pins at accept. */
public final class Slice extends Counted {

    private final ListenerPlan plan;
    private final Map<ServicePlan, RunningService> services;

    /**
     * @param services the services behind the listener, at work; held until the slice ends
     */
    public Slice(ListenerPlan plan, Map<ServicePlan, RunningService> services) {
        super(plan.generations());
        this.plan = plan;
        this.services = Map.copyOf(services);
        // a client that is still in its preamble reaches the service that was there when it came
        services.values().forEach(Counted::retain);
    }

    @Override
    protected void ended() {
        services.values().forEach(Counted::release);
    }

    public ListenerPlan plan() {
        return plan;
    }

    RunningService service(ServicePlan service) {
        return services.get(service);
    }
}
