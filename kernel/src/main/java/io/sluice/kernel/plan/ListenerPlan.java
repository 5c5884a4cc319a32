package io.sluice.kernel.plan;

import io.sluice.kernel.plugin.Generation;
import io.sluice.spi.protocol.ClientLayer;
import java.util.List;
import java.util.Set;

/**
 * One listener: an address, the layers that every connection goes through, and the services behind it. Compared by
 * identity; the planner hands out the same object as long as nothing about it has changed.
 */
public final class ListenerPlan {

    private final ListenAddress address;
    private final String protocol;
    private final List<ClientLayer> layers;
    private final Router router;
    private final List<ServicePlan> services;
    private final List<String> serviceIds;
    private final Set<Generation> generations;

    /**
     * @param address     where to listen
     * @param protocol    the name of the innermost layer, as the definitions say it
     * @param layers      outermost first; at least one
     * @param services    at least one
     * @param generations the plugins of the layers
     */
    public ListenerPlan(ListenAddress address, String protocol, List<ClientLayer> layers,
            List<ServicePlan> services, Set<Generation> generations) {
        this.address = address;
        this.protocol = protocol;
        this.layers = List.copyOf(layers);
        this.services = List.copyOf(services);
        this.serviceIds = this.services.stream().map(service -> service.info().id()).toList();
        this.router = new Router(this.services);
        this.generations = Set.copyOf(generations);
    }

    public ListenAddress address() {
        return address;
    }

    public String protocol() {
        return protocol;
    }

    public List<ClientLayer> layers() {
        return layers;
    }

    public Router router() {
        return router;
    }

    public List<ServicePlan> services() {
        return services;
    }

    /** The ids of its services. */
    public List<String> serviceIds() {
        return serviceIds;
    }

    public Set<Generation> generations() {
        return generations;
    }

    @Override
    public String toString() {
        return protocol + " " + address;
    }
}
